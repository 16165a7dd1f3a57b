import { cva } from 'class-variance-authority';

const segment = cva('h-full min-w-1 first:rounded-l-full last:rounded-r-full', {
  variants: {
    look: {
      solid: 'bg-bar-1',
      soon: 'bg-bar-2',
      held: 'bg-bar-3 bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--card)_3px_4.5px)]',
    },
  },
});

// An <img> could not hold the segments.
const AS_IMAGE = { role: 'img' } as const;

type Segment = { look: 'solid' | 'soon' | 'held'; share: number };

type SegmentedBarProps = {
  /** The whole picture in words. */
  label: string;
  /** Shares of one. */
  segments: readonly Segment[];
};

export function SegmentedBar({ label, segments }: SegmentedBarProps) {
  return (
    <div
      {...AS_IMAGE}
      aria-label={label}
      data-bar
      className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken"
    >
      {segments
        .filter(({ share }) => share > 0)
        .map(({ look, share }) => (
          <span key={look} className={segment({ look })} style={{ flex: `${share} 0 0` }} />
        ))}
    </div>
  );
}
