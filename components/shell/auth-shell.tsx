import type { ReactNode } from 'react';

import { Mark } from '../ui/mark';

type AuthShellProps = {
  title: string;
  line?: string;
  children: ReactNode;
};

/** One narrow column, for the pages before the rail is known. */
export function AuthShell({ title, line, children }: AuthShellProps) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-4 pt-[min(18vh,10rem)] pb-12">
      <div className="w-full max-w-auth">
        <p className="mb-6 flex items-center gap-2 text-14 font-semibold text-ink">
          <Mark className="size-6" />
          Coffer
        </p>
        <div className="rounded-card border bg-card p-6 sm:p-8">
          <h1 className="text-20 font-semibold text-ink">{title}</h1>
          {line !== undefined && <p className="mt-1 text-14 text-ink-2">{line}</p>}
          <div className="mt-6">{children}</div>
        </div>
      </div>
    </main>
  );
}
