import { beginAuthenticator } from '@/lib/auth/authenticator';
import { AuthenticatorBegun } from '@/lib/contracts/authenticator';
import { Nothing } from '@/lib/contracts/nothing';
import { writeOwn } from '@/lib/http/person';

export const POST = writeOwn({
  body: Nothing,
  answer: AuthenticatorBegun,
  isConfirmed: true,
  run: ({ session, now }) => beginAuthenticator(session.user, now),
});
