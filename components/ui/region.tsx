'use client';

import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, type ReactNode, Suspense } from 'react';

import { RequestFailed } from '@/lib/queries/http';

import { ErrorState } from './error-state';

type RegionProps = {
  /** Begins the sentence "… could not be loaded". */
  what: string;
  /** Stands in while a failed part is asked for again. */
  skeleton: ReactNode;
  children: ReactNode;
};

type CatcherProps = RegionProps & { onRetry: () => void };
type CatcherState = { error: unknown; retried: boolean };

class Catcher extends Component<CatcherProps, CatcherState> {
  override state: CatcherState = { error: null, retried: false };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  retry = () => {
    this.props.onRetry();
    this.setState({ error: null, retried: true });
  };

  override render() {
    const { children, skeleton } = this.props;
    const { error, retried } = this.state;
    if (error === null) {
      // The first data come with the page: a boundary there would let a long page send skeletons that only a script can replace.
      return retried ? <Suspense fallback={skeleton}>{children}</Suspense> : children;
    }
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

/** A part of a page that loads and fails alone. */
export function Region({ what, skeleton, children }: RegionProps) {
  const { reset } = useQueryErrorResetBoundary();
  return (
    <Catcher what={what} skeleton={skeleton} onRetry={reset}>
      {children}
    </Catcher>
  );
}
