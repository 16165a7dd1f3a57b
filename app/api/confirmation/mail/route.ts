import { sendCode } from '@/lib/auth/mailed-codes';
import { Nothing } from '@/lib/contracts/nothing';
import { writeOwn } from '@/lib/http/person';

export const POST = writeOwn({
  body: Nothing,
  answer: Nothing,
  run: async ({ session, now }) => {
    await sendCode({ sessionId: session.id, email: session.user.email }, now);
    return {};
  },
});
