import { replaceBackupCodes } from '@/lib/auth/authenticator';
import { BackupCodes } from '@/lib/contracts/authenticator';
import { Nothing } from '@/lib/contracts/nothing';
import { writeOwn } from '@/lib/http/person';

export const POST = writeOwn({
  body: Nothing,
  answer: BackupCodes,
  isConfirmed: true,
  run: async ({ session, now }) => ({ codes: await replaceBackupCodes(session.user.id, now) }),
});
