import { type NextRequest, NextResponse } from 'next/server';

import { csrfCookieName, isOurCsrfCookie, newCsrfCookie } from '@/lib/auth/csrf';
import { env } from '@/lib/env';
import { WANTED_PAGE } from '@/lib/http/wanted-page';

/**
 * Tells every page which address was asked for, so that signing in can lead back to it, and gives it the cookie that
 * sign-in and sign-out forms are checked against, so that they work before any script has run. It decides nothing
 * about who may see what: pages and routes do, where the data is.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  request.headers.set(WANTED_PAGE, `${pathname}${search}`);
  const name = csrfCookieName();
  if (isOurCsrfCookie(request.cookies.get(name)?.value ?? ''))
    return NextResponse.next({ request: { headers: request.headers } });

  const value = newCsrfCookie();
  request.cookies.set(name, value);
  const response = NextResponse.next({ request: { headers: request.headers } });
  response.cookies.set(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: env().APP_URL.startsWith('https:'),
  });
  return response;
}

export const config = { matcher: '/((?!api/|_next/|.*\\..*).*)' };
