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
  /** Shares of one; what they leave stays empty. */
  segments: readonly Segment[];
  /** The zone from the left up to this share is hatched, and ends in a dotted line. */
  zone: number | null;
};

export function SegmentedBar({ label, segments, zone }: SegmentedBarProps) {
  const empty = 1 - segments.reduce((sum, { share }) => sum + share, 0);
  return (
    <div {...AS_IMAGE} aria-label={label} data-bar className="relative">
      <div className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken">
        {segments
          .filter(({ share }) => share > 0)
          .map(({ look, share }) => (
            <span key={look} className={segment({ look })} style={{ flex: `${share} 0 0` }} />
          ))}
        {empty > 0.001 && <span style={{ flex: `${empty} 0 0` }} />}
      </div>
      {zone !== null && (
        <span
          className="absolute -inset-y-1 left-0 border-r-2 border-dotted border-ink bg-[repeating-linear-gradient(45deg,transparent_0_5px,var(--card)_5px_6px)]"
          style={{ width: `${zone * 100}%` }}
        />
      )}
    </div>
  );
}
