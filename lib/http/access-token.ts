import { ACCESS_TOKEN_SECONDS, openAccessToken } from '@/lib/auth/access-tokens';
import { AppError } from '@/lib/domain/app-error';

/** A token for whoever has the password; one refusal for all who do not. */
export async function accessTokenFor(
  given: { email: string; password: string },
  headers: Headers,
): Promise<{ token: string; seconds: number }> {
  const token = await openAccessToken(given, headers.get('user-agent') ?? '');
  if (token === null) throw new AppError('unauthenticated', 'This e-mail address or password is wrong.');
  return { token, seconds: ACCESS_TOKEN_SECONDS };
}
