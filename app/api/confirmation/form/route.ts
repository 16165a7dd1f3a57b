import { confirmIdentity } from '@/lib/auth/confirm-identity';
import { ConfirmOnPage } from '@/lib/contracts/confirmation';
import { form } from '@/lib/http/form';
import { ownPath } from '@/lib/http/own-path';

export const POST = form({
  fields: ConfirmOnPage,
  run: ({ session, now, peer }, { way, secret }) => confirmIdentity(session, { way, secret, peer }, now),
  done: ({ back }) => ownPath(back),
  back: ({ back, way }) =>
    `/confirm?back=${encodeURIComponent(ownPath(back))}${way === 'mail' ? '&mailed=1' : ''}`,
});
