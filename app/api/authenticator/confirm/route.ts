import { confirmAuthenticator } from '@/lib/auth/authenticator';
import { BackupCodes, ConfirmAuthenticator } from '@/lib/contracts/authenticator';
import { writeOwn } from '@/lib/http/person';

export const POST = writeOwn({
  body: ConfirmAuthenticator,
  answer: BackupCodes,
  isConfirmed: true,
  run: async ({ session, now }, { code }) => ({
    codes: await confirmAuthenticator(session.user.id, code, now),
  }),
});
