import { Authenticator } from '@/lib/contracts/authenticator';
import { contextOfNobody } from '@/lib/http/context-of-nobody';
import { readOwn } from '@/lib/http/person';
import { readAuthenticator } from '@/lib/views/authenticator';

export const GET = readOwn({
  answer: Authenticator,
  run: ({ session }) => readAuthenticator(contextOfNobody(), session.user.id),
});
