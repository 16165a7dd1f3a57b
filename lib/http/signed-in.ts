import { headers } from 'next/headers';
import { redirect } from 'next/navigation';

import { currentSession } from '@/lib/auth/current-session';
import { principalOf } from '@/lib/auth/principal';
import { type ApiScope, keyScopesOfRole } from '@/lib/domain/api-scope';
import { may } from '@/lib/domain/member-role';

import { contextOf, type MemberCtx } from './route';
import { signInPath } from './sign-in-path';
import { WANTED_PAGE } from './wanted-page';

/** Who looks at a page. */
export type Viewer = MemberCtx & {
  accountName: string;
  email: string;
  /** Every account that they are a member of. */
  accounts: { id: string; name: string; isThisOne: boolean }[];
  mayBuy: boolean;
  mayIntegrate: boolean;
  mayManageMembers: boolean;
  /** What they may let an API key do; nothing where they may not manage keys. */
  keyScopes: readonly ApiScope[];
};

/** For pages: whoever is not signed in, or has no account yet, is sent to where that is mended, and then comes back. */
export async function signedIn(): Promise<Viewer> {
  const session = await currentSession();
  if (!session) redirect(signInPath((await headers()).get(WANTED_PAGE)));
  const principal = principalOf(session);
  if (!principal) redirect(session.user.staffRole === null ? '/welcome' : '/staff');
  const { accountName, role } = principal;
  return {
    ...contextOf(principal),
    accountName,
    email: session.user.email,
    accounts: session.memberships.map(({ accountId, accountName: name }) => ({
      id: `${accountId}`,
      name,
      isThisOne: accountId === principal.accountId,
    })),
    mayBuy: may(role, 'buy'),
    mayIntegrate: may(role, 'integrate'),
    mayManageMembers: may(role, 'manage-members'),
    keyScopes: keyScopesOfRole(role),
  };
}
