'use client';

import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';

const THANKS_MS = 1_500;

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

  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );

  const Icon = copied ? Check : Copy;
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
        <Icon aria-hidden className={copied ? 'size-3.5 text-good' : 'size-3.5'} />
      </button>
      <output className="sr-only">{copied ? `Copied ${what}` : ''}</output>
    </span>
  );
}
