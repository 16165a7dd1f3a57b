import { cva } from 'class-variance-authority';

const dot = cva('size-2 rounded-full', {
  variants: {
    word: {
      succeeded: 'bg-good',
      processing: 'bg-info',
      'needs you': 'bg-warn',
      declined: 'bg-bad',
      failed: 'bg-bad',
      refunded: 'bg-line-strong',
      waiting: 'border-2 border-warn',
      purged: 'border-2 border-line-strong',
      paid: 'bg-good',
      'to be paid': 'bg-warn',
      'not paid': 'bg-bad',
      'partly refunded': 'bg-line-strong',
      disputed: 'border-2 border-warn',
      void: 'border-2 border-line-strong',
    },
  },
});

export type StatusWord =
  | 'succeeded'
  | 'processing'
  | 'needs you'
  | 'declined'
  | 'failed'
  | 'refunded'
  | 'waiting'
  | 'purged'
  | 'paid'
  | 'to be paid'
  | 'not paid'
  | 'partly refunded'
  | 'disputed'
  | 'void';

/** A dot and a word: colour never speaks alone. */
export function Status({ word }: { word: StatusWord }) {
  return (
    <span className="inline-flex items-center gap-2 text-13 font-medium whitespace-nowrap text-ink-2 first-letter:uppercase">
      <span aria-hidden className={dot({ word })} />
      <span className="first-letter:uppercase">{word}</span>
    </span>
  );
}
