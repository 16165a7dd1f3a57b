import { headers } from 'next/headers';

import { log } from '@/lib/log';

import { checkPassword } from './check-password';
import { peerAddress } from './peer-address';

/** For next-auth, which puts what is thrown into the address of the sign-in page; so it is never words of ours. */
export async function signInByPassword(given: {
  email: string;
  password: string;
}): Promise<{ id: string; email: string } | null> {
  const checked = await checkPassword({ ...given, peer: peerAddress(await headers()) }).catch(
    (error: unknown) => {
      log.error({ err: error }, 'a password could not be looked at');
      throw new Error('NotNow');
    },
  );
  if (checked.kind === 'too-many') throw new Error('TooManyTries');
  return checked.kind === 'right' ? checked.user : null;
}
