import type { ReactNode } from 'react';

type EmptyStateProps = {
  title: string;
  /** What will be here, in one line. */
  line: string;
  /** The one action that fills it. */
  action?: ReactNode;
};

export function EmptyState({ title, line, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-4 py-12 text-center">
      <p className="text-14 font-medium text-ink">{title}</p>
      <p className="max-w-read text-13 text-ink-2">{line}</p>
      {action !== undefined && action !== false && <div className="mt-4">{action}</div>}
    </div>
  );
}
