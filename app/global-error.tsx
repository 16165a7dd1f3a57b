'use client';

import './globals.css';
import { ErrorState } from '@/components/ui/error-state';

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void };

export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en" className="font-sans">
      <body>
        <title>Coffer could not be shown</title>
        <main className="mx-auto max-w-form px-4 py-16">
          <div className="rounded-card border bg-card p-6">
            <ErrorState
              title="Coffer could not be shown"
              line="Your credits and your money are safe, and payments that were made still arrive. Try again; if it stays, come back in a few minutes."
              requestId={error.digest}
              onRetry={retry}
            />
          </div>
        </main>
      </body>
    </html>
  );
}
