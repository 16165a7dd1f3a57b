import type { ReactNode } from 'react';

import { Card } from '../ui/card';
import { Time } from '../ui/time';

type LinesProps = { title: string; none: string; children: readonly ReactNode[] };

/** Short lines under a heading, or the sentence that there are none. */
export function Lines({ title, none, children }: LinesProps) {
  return (
    <Card flush title={title}>
      {children.length === 0 ? (
        <p className="px-4 pb-3 text-13 text-ink-3 sm:px-6">{none}</p>
      ) : (
        <ul aria-label={title}>{children}</ul>
      )}
    </Card>
  );
}

type LineProps = { id?: string | null; at: Date | null; children: ReactNode };

/** One thing and when it was; its name, for copying, under it. */
export function Line({ id = null, at, children }: LineProps) {
  return (
    <li className="grid gap-0.5 border-t px-4 py-2.5 sm:px-6">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-14 text-ink">
        <span className="min-w-0 wrap-anywhere">{children}</span>
        <span className="text-13 text-ink-2">{at === null ? '–' : <Time instant={at} />}</span>
      </p>
      {id !== null && <p className="font-mono text-12 wrap-anywhere text-ink-3">{id}</p>}
    </li>
  );
}
