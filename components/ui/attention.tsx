import { cva } from 'class-variance-authority';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';

const strip = cva('flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-4 py-3 text-14', {
  variants: { tone: { info: 'bg-info-tint', warn: 'bg-warn-tint', bad: 'bg-bad-tint' } },
});
const mark = cva('mt-0.5 size-4 shrink-0', {
  variants: { tone: { info: 'text-info', warn: 'text-warn', bad: 'text-bad' } },
});
const ICONS = { info: Info, warn: TriangleAlert, bad: CircleAlert };

type AttentionProps = {
  tone: keyof typeof ICONS;
  /** `alert` interrupts a screen reader: only for what the person's own press led to. */
  role?: 'status' | 'alert';
  /** One sentence. */
  children: ReactNode;
  /** One button. */
  action?: ReactNode;
};

/** A strip that says what needs the reader, and stays until it is done. */
export function Attention({ tone, role = 'status', children, action }: AttentionProps) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={strip({ tone })}>
      <p className="flex min-w-[min(100%,15rem)] flex-1 items-start gap-3 text-ink">
        <Icon aria-hidden className={mark({ tone })} />
        <span className="min-w-0">{children}</span>
      </p>
      {action}
    </div>
  );
}
