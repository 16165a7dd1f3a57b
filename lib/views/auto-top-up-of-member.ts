import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import type { RoleCtx } from '@/lib/db/context';
import { may } from '@/lib/domain/member-role';

import { readAutoTopUp } from './auto-top-up';

/** The rule as a member sees it: who agreed to it from where is for those who may agree to it themselves. */
export async function readAutoTopUpOfMember(ctx: RoleCtx): Promise<AutoTopUp> {
  const read = await readAutoTopUp(ctx);
  return may(ctx.role, 'buy') ? read : { ...read, consents: [] };
}
