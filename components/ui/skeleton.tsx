import { clsx } from 'clsx';

/** The shape of what comes. `className` gives its size. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={clsx('skeleton block', className)} />;
}
