'use client';

import type { ReactNode } from 'react';

import { Button } from './button';

type ErrorStateProps = {
  /** What failed, as a title. */
  title: string;
  /** That money is safe, and what to do. */
  line: string;
  requestId?: string | null | undefined;
  onRetry?: (() => void) | undefined;
  children?: ReactNode;
};

export function ErrorState({ title, line, requestId, onRetry, children }: ErrorStateProps) {
  return (
    <div role="alert" className="grid justify-items-start gap-1">
      <p className="text-14 font-medium text-ink">{title}</p>
      <p className="max-w-read text-13 text-ink-2">{line}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3 empty:hidden">
        {onRetry !== undefined && (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
        {children}
      </div>
      {typeof requestId === 'string' && (
        <p className="mt-3 text-12 text-ink-3">
          If you write to support, name this request:{' '}
          <code className="font-mono text-ink-2 select-all">{requestId}</code>
        </p>
      )}
    </div>
  );
}
