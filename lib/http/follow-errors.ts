import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { signInPath } from './sign-in-path';

/** The answer to an error of a link that a browser follows: whoever is not signed in does that first, and then comes `back`. */
export function toFollowedError(error: unknown, back: string): Response {
  if (!(error instanceof AppError) || error.code !== 'signed_out') return toErrorResponse(error);
  return new Response(null, {
    status: 303,
    headers: { location: signInPath(back), 'cache-control': 'no-store' },
  });
}

/** What was asked for, without the host, which a proxy may have changed. */
export function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${pathname}${search}`;
}
