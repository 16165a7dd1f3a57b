import { randomBytes } from 'node:crypto';

import { type NextRequest, NextResponse } from 'next/server';

import { csrfCookieName, isOurCsrfCookie, newCsrfCookie } from '@/lib/auth/csrf';
import { env } from '@/lib/env';
import { contentSecurityPolicy } from '@/lib/http/content-security-policy';
import { WANTED_PAGE } from '@/lib/http/wanted-page';
import { stripePages } from '@/lib/stripe/pages';

const CSP = 'content-security-policy';
const NONCE_BYTES = 16;

/**
 * Tells every page which address was asked for, so that signing in can lead back to it, says what it may run, and gives it
 * the cookie that sign-in and sign-out forms are checked against, so that they work before any script has run. It decides
 * nothing about who may see what: pages and routes do, where the data is.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const policy = contentSecurityPolicy({
    nonce: randomBytes(NONCE_BYTES).toString('base64'),
    formsEndAt: stripePages(),
    isSecure: isSecure(),
    isCompiling: env().NODE_ENV === 'development',
  });
  request.headers.set(WANTED_PAGE, `${pathname}${search}`);
  // Next reads the nonce from here and gives it to every script of its own.
  request.headers.set(CSP, policy);

  const known = isOurCsrfCookie(request.cookies.get(csrfCookieName())?.value ?? '');
  const csrf = known ? null : newCsrfCookie();
  if (csrf !== null) request.cookies.set(csrfCookieName(), csrf);
  const response = NextResponse.next({ request: { headers: request.headers } });
  response.headers.set(CSP, policy);
  if (csrf !== null)
    response.cookies.set(csrfCookieName(), csrf, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: isSecure(),
    });
  return response;
}

const isSecure = () => env().APP_URL.startsWith('https:');

export const config = { matcher: '/((?!api/|v1/|_next/|.*\\..*).*)' };
