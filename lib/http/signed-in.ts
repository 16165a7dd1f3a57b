import { redirect } from 'next/navigation';

import { principalOf } from '@/lib/auth/account';
import { currentSession } from '@/lib/auth/current-session';
import { mayBuy } from '@/lib/domain/member-role';

import { contextOf, type MemberCtx } from './route';

/** Who looks at a page. */
export type Viewer = MemberCtx & {
  accountName: string;
  email: string;
  mayBuy: boolean;
};

/** For pages: whoever is not signed in, or has no account yet, is sent to where that is mended. */
export async function signedIn(): Promise<Viewer> {
  const session = await currentSession();
  if (!session) redirect('/sign-in');
  const principal = principalOf(session);
  if (!principal) redirect('/welcome');
  const { accountName, role } = principal;
  return { ...contextOf(principal), accountName, mayBuy: mayBuy(role), email: session.user.email };
}
