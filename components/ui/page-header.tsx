import type { ReactNode } from 'react';

import { AttentionSlot } from './attention-slot';

type PageHeaderProps = {
  title: string;
  /** One line of what the page is. */
  line: string;
  /** The page's one primary action. */
  action?: ReactNode;
};

export function PageHeader({ title, line, action }: PageHeaderProps) {
  return (
    <header className="mb-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid gap-1">
          <h1 className="text-20 font-semibold text-ink">{title}</h1>
          <p className="max-w-read text-14 text-ink-2">{line}</p>
        </div>
        {action}
      </div>
      <AttentionSlot />
    </header>
  );
}
