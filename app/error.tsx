'use client';

import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

export default function PageError({ error, retry }: PageErrorProps) {
  return (
    <main className="mx-auto max-w-form px-4 py-16">
      <div className="rounded-card border bg-card p-6">
        <ErrorState
          title="This page could not be shown"
          line="Your credits and your money are safe: showing a page never charges anything. Try again; if it stays, come back in a few minutes."
          requestId={error.digest}
          onRetry={retry}
        >
          <Button size="sm" onClick={() => window.location.assign('/')}>
            Back to Overview
          </Button>
        </ErrorState>
      </div>
    </main>
  );
}
