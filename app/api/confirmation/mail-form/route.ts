import { sendCode } from '@/lib/auth/mailed-codes';
import { MailCodeOnPage } from '@/lib/contracts/confirmation';
import { form } from '@/lib/http/form';
import { ownPath } from '@/lib/http/own-path';

export const POST = form({
  fields: MailCodeOnPage,
  run: ({ session, now }) => sendCode({ sessionId: session.id, email: session.user.email }, now),
  done: ({ back }) => `/confirm?back=${encodeURIComponent(ownPath(back))}&mailed=1`,
  back: ({ back }) => `/confirm?back=${encodeURIComponent(ownPath(back))}`,
});
