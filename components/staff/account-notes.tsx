import type { Note } from '@/lib/domain/staff-account';

import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { type FormTarget, TargetForm } from '../ui/target-form';
import { Time } from '../ui/time';

/** Notes, the latest first, and a line for another one. */
export function AccountNotes({ notes, target }: { notes: readonly Note[]; target: FormTarget }) {
  return (
    <div className="grid gap-6">
      <TargetForm target={target} label="Write a note" className="flex flex-wrap items-end gap-3">
        <div className="min-w-[min(100%,20rem)] flex-1">
          <Field label="Note" name="text" required maxLength={2_000} autoComplete="off" />
        </div>
        <Button type="submit" variant="primary">
          Write it down
        </Button>
      </TargetForm>
      <Card flush title="Notes">
        {notes.length === 0 ? (
          <EmptyState title="No notes yet" line="What the next of you should know about this account." />
        ) : (
          <ul aria-label="Notes">
            {notes.map(({ id, email, text, at }) => (
              <li key={id} className="grid gap-1 border-t px-4 py-3 sm:px-6">
                <p className="text-14 wrap-anywhere text-ink">{text}</p>
                <p className="text-13 text-ink-2">
                  {email}, <Time instant={at} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
