import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

type CardProps = {
  title: string;
  /** Beside the title, at the end of the line. */
  aside?: ReactNode;
  /** The body reaches the card's edges, as a table does. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A region with a heading that names it. */
export function Card({ title, aside, flush = false, className, children }: CardProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={clsx('min-w-0 rounded-card border bg-card', className)}>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-1 sm:px-6">
        <h2 id={titleId} className="text-14 font-medium text-ink-2">
          {title}
        </h2>
        {aside}
      </div>
      <div className={flush ? 'pb-2' : 'px-4 pt-1 pb-5 sm:px-6 sm:pb-6'}>{children}</div>
    </section>
  );
}
