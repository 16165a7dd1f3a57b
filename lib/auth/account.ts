import { AppError } from '@/lib/domain/app-error';

import { currentSession } from './current-session';
import { type Principal, principalOf } from './principal';

/** For requests that need a member: refuses everyone else. */
export async function requireAccount(): Promise<Principal> {
  const session = await currentSession();
  if (!session) throw new AppError('signed_out', 'Please sign in.');
  const principal = principalOf(session);
  if (!principal) throw new AppError('forbidden', 'You are not a member of an account yet.');
  return principal;
}
