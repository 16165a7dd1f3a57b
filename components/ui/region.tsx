'use client';

import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, type ReactNode, Suspense } from 'react';

import { RequestFailed } from '@/lib/queries/http';

import { ErrorState } from './error-state';

type CatcherProps = { what: string; onRetry: () => void; children: ReactNode };

class Catcher extends Component<CatcherProps, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  retry = () => {
    this.props.onRetry();
    this.setState({ error: null });
  };

  override render() {
    const { error }: { error: unknown } = this.state;
    if (error === null) return this.props.children;
    const requestId = error instanceof RequestFailed ? error.requestId : null;
    return (
      <div className="rounded-card border bg-card p-4 sm:p-6">
        <ErrorState
          title={`${this.props.what} could not be loaded`}
          line="Your credits and your money are safe: only this part of the page is missing. Try again in a moment."
          requestId={requestId}
          onRetry={this.retry}
        />
      </div>
    );
  }
}

type RegionProps = {
  /** Begins the sentence "… could not be loaded". */
  what: string;
  skeleton: ReactNode;
  children: ReactNode;
};

/** A part of a page that loads and fails alone. */
export function Region({ what, skeleton, children }: RegionProps) {
  const { reset } = useQueryErrorResetBoundary();
  return (
    <Catcher what={what} onRetry={reset}>
      <Suspense fallback={skeleton}>{children}</Suspense>
    </Catcher>
  );
}
