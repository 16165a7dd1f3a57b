import type { ReactNode } from 'react';

import { Mark } from '../ui/mark';

type LinkShellProps = { title: string; line: string; children: ReactNode };

/** For what a mailed link opens to somebody who is not signed in: the page, and no way into the account. */
export function LinkShell({ title, line, children }: LinkShellProps) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-4 pt-8 pb-12 sm:pt-16">
      <div className="w-full max-w-form lg:max-w-[904px]">
        <p className="mb-6 flex items-center gap-2 text-14 font-semibold text-ink">
          <Mark className="size-6" />
          Coffer
        </p>
        <h1 className="text-20 font-semibold text-ink">{title}</h1>
        <p className="mt-1 mb-6 text-14 text-ink-2">{line}</p>
        {children}
      </div>
    </main>
  );
}
