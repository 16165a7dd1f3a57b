import { RevokeSessions, SessionsRevoked } from '@/lib/contracts/sign-in-session';
import { write } from '@/lib/http/route';
import { revokeSessions } from '@/lib/services/revoke-sessions';

export const POST = write({
  body: RevokeSessions,
  answer: SessionsRevoked,
  may: 'act-for-themselves',
  run: revokeSessions,
});
