import { env } from '@/lib/env';

/** A path of ours, as a form names it; the first page for any other address. */
export function ownPath(given: unknown): string {
  const { origin } = new URL(env().APP_URL);
  if (typeof given !== 'string' || !URL.canParse(given, origin)) return '/';
  const url = new URL(given, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : '/';
}
