import { removeAuthenticator } from '@/lib/auth/authenticator';
import { Nothing } from '@/lib/contracts/nothing';
import { writeOwn } from '@/lib/http/person';

export const POST = writeOwn({
  body: Nothing,
  answer: Nothing,
  isConfirmed: true,
  run: async ({ session, now }) => {
    await removeAuthenticator(session.user.id, now);
    return {};
  },
});
