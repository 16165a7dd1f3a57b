import { confirmIdentity, waysToConfirm } from '@/lib/auth/confirm-identity';
import { ConfirmationWays, ConfirmIdentity } from '@/lib/contracts/confirmation';
import { Nothing } from '@/lib/contracts/nothing';
import { readOwn, writeOwn } from '@/lib/http/person';

export const GET = readOwn({
  answer: ConfirmationWays,
  run: async ({ session }) => ({ ways: await waysToConfirm(session), email: session.user.email }),
});

export const POST = writeOwn({
  body: ConfirmIdentity,
  answer: Nothing,
  run: async ({ session, now, peer }, given) => {
    await confirmIdentity(session, { ...given, peer }, now);
    return {};
  },
});
