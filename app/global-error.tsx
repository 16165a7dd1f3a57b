'use client';

import './globals.css';

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** Stands on nothing that may itself be what failed. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en" className="font-sans">
      <body>
        <title>Coffer could not be shown</title>
        <main role="alert" className="mx-auto grid max-w-form justify-items-start gap-2 px-4 py-16">
          <h1 className="text-20 font-semibold">Coffer could not be shown</h1>
          <p className="text-14 text-ink-2">
            Your credits and your money are safe, and payments that were made still arrive. Try again; if it
            stays, come back in a few minutes.
          </p>
          <button
            type="button"
            onClick={retry}
            className="mt-2 h-9 rounded-control bg-accent px-4 font-medium text-on-accent"
          >
            Try again
          </button>
          {error.digest !== undefined && (
            <p className="mt-2 text-12 text-ink-3">
              If you write to support, name this request: <code className="select-all">{error.digest}</code>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
