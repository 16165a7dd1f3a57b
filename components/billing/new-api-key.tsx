'use client';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';

/** The text of a key, the one time that anyone sees it. */
export function NewApiKey({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <div className="grid gap-3 px-4 pt-2 pb-4 sm:px-6">
      <Attention tone="info" action={<Button onClick={onClose}>I have copied it</Button>}>
        Copy the new key now: it is not shown again.
      </Attention>
      <CopyButton text={text} what="API key" />
    </div>
  );
}
