'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';

import { useChangeTimeZone } from '@/lib/queries/change-time-zone';
import { timeZoneQuery } from '@/lib/queries/time-zone';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { showToast } from '../ui/show-toast';
import { TimeZoneField } from '../ui/time-zone-field';

/** Where the account's days begin and end. */
export function TimeZoneSetting({ mayChange }: { mayChange: boolean }) {
  const { timeZone } = useSuspenseQuery(timeZoneQuery).data;
  const change = useChangeTimeZone();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('zone');
    if (typeof typed !== 'string') return;
    change.mutate(
      { timeZone: typed.trim() },
      { onSuccess: (set) => void showToast(`Days are counted in ${set.timeZone}.`) },
    );
  };
  return (
    <Card title="Time zone">
      {mayChange ? (
        <form noValidate aria-label="Time zone" onSubmit={submit} className="grid max-w-form gap-3">
          {change.isError && (
            <Attention tone="bad" role="alert">
              Days are counted as they were: {change.error.message}
            </Attention>
          )}
          <TimeZoneField name="zone" label="The account’s days begin and end in" timeZone={timeZone} />
          <div>
            <Button type="submit" pending={change.isPending} pendingLabel="Setting…">
              Set the time zone
            </Button>
          </div>
          <p className="text-13 text-ink-3">
            Usage and exports go by it, unless another one is asked for. No amount changes. Limits of auto
            top-up stay in UTC.
          </p>
        </form>
      ) : (
        <p className="text-14 text-ink-2">
          Days begin and end in {timeZone}. Owners and billing members change that.
        </p>
      )}
    </Card>
  );
}
