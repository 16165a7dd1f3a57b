import { AcceptInvitation } from '@/lib/contracts/invitation';
import { form } from '@/lib/http/form';
import { acceptInvitation } from '@/lib/services/accept-invitation';

export const POST = form({
  fields: AcceptInvitation,
  run: acceptInvitation,
  done: '/',
  back: ({ link }) => `/invitations/${encodeURIComponent(typeof link === 'string' ? link : 'none')}`,
});
