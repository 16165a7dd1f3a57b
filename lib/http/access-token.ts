import { ACCESS_TOKEN_SECONDS, openAccessToken } from '@/lib/auth/access-tokens';
import { hasAuthenticator } from '@/lib/auth/authenticator';
import { checkPassword } from '@/lib/auth/check-password';
import { peerAddress } from '@/lib/auth/peer-address';
import { checkSecondFactor } from '@/lib/auth/second-factor';
import { AppError } from '@/lib/domain/app-error';

/** A token for whoever has the password; one refusal for all who do not. */
export async function accessTokenFor(
  { code, ...given }: { email: string; password: string; code?: string | undefined },
  headers: Headers,
): Promise<{ token: string; seconds: number }> {
  const checked = await checkPassword({ ...given, peer: peerAddress(headers) });
  if (checked.kind === 'too-many') {
    throw new AppError('rate_limited', 'There were too many wrong passwords for this e-mail address.', {
      retry_after_seconds: checked.seconds,
    });
  }
  if (checked.kind === 'wrong')
    throw new AppError('unauthenticated', 'This e-mail address or password is wrong.');
  await requireSecondFactor(checked.user.id, code);
  const token = await openAccessToken(checked, headers.get('user-agent') ?? '');
  return { token, seconds: ACCESS_TOKEN_SECONDS };
}

async function requireSecondFactor(userId: string, code: string | undefined): Promise<void> {
  if (!(await hasAuthenticator(userId))) return;
  if (code !== undefined) return checkSecondFactor(userId, code, new Date());
  throw new AppError('unauthenticated', 'This person signs in with a code too: send it as code.', {
    param: 'code',
  });
}
