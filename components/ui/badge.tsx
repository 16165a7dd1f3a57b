import type { ReactNode } from 'react';

export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-5 items-center rounded-full bg-accent-tint px-2 text-12 font-medium whitespace-nowrap text-accent-ink">
      {children}
    </span>
  );
}
