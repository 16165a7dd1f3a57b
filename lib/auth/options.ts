import type { NextAuthOptions, User } from 'next-auth';
import credentialsProvider from 'next-auth/providers/credentials';
import type { EmailConfig } from 'next-auth/providers/email';
import { headers } from 'next/headers';

import { database } from '@/lib/db/database';
import { normalizeEmail } from '@/lib/domain/email-address';
import { sendMail } from '@/lib/email/send-mail';
import { signInMail } from '@/lib/email/sign-in-mail';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

import { adapter } from './adapter';
import { hasAuthenticator } from './authenticator';
import { peerAddress } from './peer-address';
import { signInByPassword } from './sign-in-by-password';
import { mayAskForLink } from './sign-in-limits';
import { endSession, openSession, SESSION_SECONDS, type SignInMethod } from './sign-in-sessions';

export const LINK_MINUTES = 10;

/** E-mail links that go to a page with a button: a mail scanner that opens them does not use them up. */
const emailProvider = (): EmailConfig => ({
  id: 'email',
  type: 'email',
  name: 'Email',
  server: '',
  from: '',
  maxAge: LINK_MINUTES * 60,
  options: {},
  normalizeIdentifier(identifier) {
    const address = normalizeEmail(identifier);
    if (address === null) throw new Error('not an e-mail address');
    return address;
  },
  async sendVerificationRequest({ identifier, url }) {
    if (await isSwitchedOff(identifier)) return;
    const link = new URL('/sign-in/confirm', env().APP_URL);
    link.search = new URL(url).search;
    await sendMail(await signInMail({ to: identifier, url: link.href, minutes: LINK_MINUTES }));
  },
});

const findUser = (email: string) => database().prisma.user.findFirst({ where: { email, disabledAt: null } });

const isSwitchedOff = async (email: string) =>
  (await database().prisma.user.count({ where: { email, disabledAt: { not: null } } })) > 0;

const passwordProvider = () =>
  credentialsProvider({
    id: 'password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: (given): Promise<User | null> =>
      signInByPassword({ email: given?.email ?? '', password: given?.password ?? '' }),
  });

/** One click, no proof: exists in the demo only, and never beside a live Stripe key. */
const demoProvider = () =>
  credentialsProvider({
    id: 'demo',
    credentials: { email: { type: 'email' } },
    async authorize(given): Promise<User | null> {
      const user = isDemoAddress(given?.email) ? await findUser(given.email) : null;
      return user ? { id: user.id, email: user.email } : null;
    },
  });

const isDemoAddress = (email: string | undefined): email is string =>
  email?.endsWith('@demo.coffer.example') === true;

/** The session cookie's name; `__Host-` wherever the browser accepts it. */
const cookieName = (isSecure: boolean) => (isSecure ? '__Host-coffer.session' : 'coffer.session');

/** next-auth proves who someone is. What the proof is worth, and for how long, is the session row's to say. */
export function authOptions(): NextAuthOptions {
  const { AUTH_SECRET, APP_URL, COFFER_DEMO } = env();
  const isSecure = APP_URL.startsWith('https:');
  return {
    adapter,
    secret: AUTH_SECRET,
    providers: [emailProvider(), passwordProvider(), ...(COFFER_DEMO ? [demoProvider()] : [])],
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: cookieName(isSecure),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    pages: { signIn: '/sign-in', error: '/sign-in', verifyRequest: '/sign-in/check-mail' },
    callbacks: {
      // A mailed link proves an address, and not that its owner may still come in. Who only asks for one learns nothing.
      async signIn({ user, email }) {
        const address = user.email ?? '';
        if (email?.verificationRequest !== true) return !(await isSwitchedOff(address));
        const from = { email: address, address: peerAddress(await headers()) };
        return (await mayAskForLink(from)) || '/sign-in?error=TooManyLinks';
      },
      async jwt({ token, user, account }) {
        // Present at the moment of signing in, and never again.
        if (!account) return token;
        const userAgent = (await headers()).get('user-agent') ?? '';
        const method = account.provider as SignInMethod;
        const awaitsCode = await hasAuthenticator(user.id);
        return { sid: await openSession({ userId: user.id, method, userAgent, awaitsCode }) };
      },
      session: ({ session, token }) => ({ expires: session.expires, sid: token['sid'] }),
    },
    events: {
      async signOut({ token }) {
        const sid: unknown = token['sid'];
        if (typeof sid === 'string') await endSession(sid);
      },
    },
    logger: {
      error: (code, detail) => log.error({ code, detail }, 'sign-in failed'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
  };
}
