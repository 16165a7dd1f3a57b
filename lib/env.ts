import { z } from 'zod';

import { log } from './log';

const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol.replace('?', '')}://`).join(' or ')}`,
  });
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`;
const flag = z
  .enum(['0', '1'], { error: 'must be 0 or 1' })
  .default('0')
  .transform((value) => value === '1');
const secret = z
  .string()
  .min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32')
  .refine((value) => new Set(value).size >= 10, 'repeats itself; make one with: openssl rand -base64 32');

/** The files in `price-books/` that an installation may run. */
const PRICE_BOOKS = ['roughy', 'dubbing', 'dessert', 'audiopod', 'assemblyai'] as const;

const Env = z
  .object({
    DATABASE_URL: url('postgresql', 'postgres'),
    APP_URL: url('https?')
      .refine(
        (value) => isOrigin(value),
        'must be an address without a path, like https://billing.example.com',
      )
      .transform((value) => value.replace(/\/$/, '')),
    COFFER_PRICE_BOOK: z
      .enum(PRICE_BOOKS, { error: `must name a price book: ${PRICE_BOOKS.join(', ')}` })
      .default('dubbing'),
    COFFER_DEMO: flag,
    COFFER_WEBHOOKS_TO_LOOPBACK: flag,
    AUTH_SECRET: secret,
    /** While a new secret takes its place: opens what was sealed under it. */
    AUTH_SECRET_FORMER: secret.optional(),
    SMTP_URL: url('smtps?'),
    MAIL_FROM: z
      .string()
      .regex(/^([^<>]*<)?[^\s@<>]+@[^\s@<>]+>?$/, 'must be an address that mail may come from'),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^[sr]k_(test|live)_\w{8,}$/, 'must be a Stripe secret or restricted key'),
    STRIPE_WEBHOOK_SECRETS: z
      .string()
      .transform((list) => list.split(',').map((secret) => secret.trim()))
      .pipe(
        z.array(z.string().regex(/^whsec_\S{8,}$/, 'must be whsec_… secrets, separated by commas')).min(1),
      ),
    STRIPE_API_HOST: z.string().min(1).optional(),
    STRIPE_API_PORT: z.coerce.number('must be a port').int().min(1).max(65_535).optional(),
    STRIPE_API_PROTOCOL: z.enum(['http', 'https'], { error: 'must be http or https' }).optional(),
    STRIPE_PORTAL_CONFIGURATION: z
      .string()
      .regex(/^bpc_\w+$/, 'must be a configuration of the customer portal, bpc_…')
      .optional(),
    STRIPE_TAX: z.enum(['automatic', 'off'], { error: 'must be automatic or off' }).default('off'),
    /** Pages that are compiled as they are asked for need a looser policy. */
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const isLive = env.STRIPE_SECRET_KEY.includes('k_live_');
    const isElsewhere = [env.STRIPE_API_HOST, env.STRIPE_API_PORT, env.STRIPE_API_PROTOCOL].some(
      (part) => part !== undefined,
    );
    if (isLive && isElsewhere) refuse('STRIPE_API_HOST', 'a live Stripe key is never sent to another host');
    if (isLive && env.COFFER_DEMO)
      refuse('COFFER_DEMO', 'demo sign-ins and a live Stripe key exclude each other');
    if (isLive && env.COFFER_WEBHOOKS_TO_LOOPBACK)
      refuse(
        'COFFER_WEBHOOKS_TO_LOOPBACK',
        'events to this machine itself and a live Stripe key exclude each other',
      );
  });

export type Env = z.output<typeof Env>;

/** The environment was wrong: one line a variable, with its name and the reason. */
export class WrongEnvironment extends Error {
  override readonly name = 'WrongEnvironment';
}

/** Reads and checks every variable at once, so that the operator sees all that is wrong. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = Env.safeParse(given);
  if (parsed.success) return parsed.data;

  const lines = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0]);
    const line = given[name] === undefined ? `${name} is missing` : `${name} is wrong: ${message}`;
    if (!lines.has(name)) lines.set(name, line);
  }
  throw new WrongEnvironment([...lines.values()].join('\n'));
}

let known: Env | undefined;

/** The process's environment, checked once. */
export const env = (): Env => (known ??= readEnv(process.env));

/** For the first lines of a process: what is wrong, here or in what it names, goes to the operator, and the process ends. */
export function stopOnWrongEnvironment(checkWhatItNames: () => unknown): void {
  try {
    // next-auth reads its own address from here, and nowhere else.
    process.env['NEXTAUTH_URL'] = env().APP_URL;
    log.level = env().LOG_LEVEL;
    checkWhatItNames();
  } catch (error) {
    if (!(error instanceof WrongEnvironment)) throw error;
    process.stderr.write(`Coffer does not start:\n${error.message}\n`);
    process.exit(1);
  }
}
