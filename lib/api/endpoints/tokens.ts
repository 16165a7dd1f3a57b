import { TokenAnswer, TokenRequest } from '@/lib/contracts/api/token';
import { accessTokenFor } from '@/lib/http/access-token';

import { openEndpoint } from '../endpoint';

export const createToken = openEndpoint({
  method: 'post',
  path: '/auth/token',
  tag: 'Access',
  summary: 'A token for a member, by e-mail and password',
  description:
    'For web applications. It lasts an hour, and ends with the sign-in session that it stands for.',
  body: TokenRequest,
  answer: TokenAnswer,
  run: async (headers, body) => {
    const { token, seconds } = await accessTokenFor(body, headers);
    return { access_token: token, token_type: 'bearer' as const, expires_in: seconds };
  },
});
