import { clsx } from 'clsx';

type FigureProps = {
  shown: string;
  /** The whole figure; where it differs from `shown`, hover or focus gives it. */
  exact: string;
  className?: string;
};

/** A number that lines up with the one below it. */
export function Figure({ shown, exact, className }: FigureProps) {
  if (shown === exact) return <span className={clsx('tabular-nums', className)}>{shown}</span>;
  return (
    <button
      type="button"
      className={clsx(
        'group relative cursor-help rounded-sm tabular-nums underline decoration-line-strong decoration-dotted underline-offset-4',
        className,
      )}
    >
      {shown}
      <span className="sr-only"> (exactly {exact})</span>
      <span
        aria-hidden
        className="absolute right-0 bottom-full z-20 mb-1 hidden rounded-control bg-raised px-2 py-1 text-12 font-normal whitespace-nowrap text-ink shadow-float group-hover:block group-focus-visible:block"
      >
        {exact}
      </span>
    </button>
  );
}
