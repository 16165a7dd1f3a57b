'use client';

import { useEffect, useState } from 'react';

const THANKS_MS = 1_500;
// Drawn here, because the pages for errors use this too and carry no icon library.
const CHECK = 'M20 6 9 17l-5-5';
const COPY =
  'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2M4 16a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2h10a2 2 0 0 1 2 2';

type CopyButtonProps = {
  text: string;
  /** Names it to a screen reader: "Copy invoice id". */
  what: string;
};

/** An id in mono, copied by a press. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), THANKS_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    // A plain http address has no clipboard; the id beside the button can still be selected.
    if ('clipboard' in navigator)
      await navigator.clipboard.writeText(text).then(
        () => setCopied(true),
        () => {},
      );
  };

  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-0.5">
      <span className="min-w-0 truncate font-mono text-12 text-ink-2" title={text}>
        {text}
      </span>
      <button
        type="button"
        onClick={() => void copy()}
        aria-label={`Copy ${what}`}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-hover hover:text-ink"
      >
        <svg
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden
          className={copied ? 'size-3.5 text-good' : 'size-3.5'}
        >
          <path d={copied ? CHECK : COPY} />
        </svg>
      </button>
      <output className="sr-only">{copied ? `Copied ${what}` : ''}</output>
    </span>
  );
}
