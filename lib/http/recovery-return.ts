import { env } from '@/lib/env';

import { pageOfLink } from './recovery-of-link';

const GOOD_FOR_SECONDS = 3_600;

const cookieName = (topUpId: string) => `coffer-recovery-${topUpId}`;

/** Where Stripe and the bank lead back to: it names the payment and opens nothing, because they keep addresses. */
export const returnPath = (topUpId: string) => `/recovery/back/${topUpId}`;

// No link is so short.
const MEMBER = 'member';

/** Lets this browser, and no other, find the page again that it left: that of a mailed link, or a member's where there is none. */
export function rememberDoor(topUpId: string, link: string | undefined): string {
  const secure = env().APP_URL.startsWith('https:') ? '; Secure' : '';
  return `${cookieName(topUpId)}=${encodeURIComponent(link ?? MEMBER)}; Path=${returnPath(topUpId)}; Max-Age=${GOOD_FOR_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

/** The page that this browser left; null where it is another one, or was away too long. */
function rememberedPage(headers: Headers, topUpId: string): string | null {
  const cookies = (headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const ours = `${cookieName(topUpId)}=`;
  const link = cookies.find((cookie) => cookie.startsWith(ours))?.slice(ours.length) ?? '';
  if (link === MEMBER) return `/recoveries/${encodeURIComponent(topUpId)}`;
  return /^[\w-]{1,200}$/.test(link) ? pageOfLink(link) : null;
}

type Params = { params: Promise<{ id: string }> };

/** Takes whoever comes back from Stripe or the bank to the payment's page. What they added to the address is left behind. */
export async function backFromBank(request: Request, { params }: Params): Promise<Response> {
  const page = rememberedPage(request.headers, (await params).id);
  const isCardNew = new URL(request.url).searchParams.get('said') === 'card';
  const location = page === null ? pageOfLostLink : `${page}${isCardNew ? '?said=card' : ''}`;
  return new Response(null, {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}

/** Says how to go on to somebody who is back in another browser. */
const pageOfLostLink = `${pageOfLink('lost')}?said=back`;
