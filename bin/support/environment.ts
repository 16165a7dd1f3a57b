const ours =
  /^(APP_URL|AUTH_SECRET|LOG_LEVEL|MAIL_FROM|MAIL_URL|SANDBOX_URL|SMTP_URL|PORT|NODE_ENV|FORCE_COLOR|NEXTAUTH_.*|DATABASE_.*|COFFER_.*|STRIPE_.*)$/;

/** The caller's environment without the names that Coffer reads: a live key in a shell must not reach the demo. */
export function withoutOurNames(mode: 'production' | 'test'): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(rest), NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', NODE_ENV: mode };
}

export type Addresses = { app: number; sandbox: number; smtp: number; mail: number };

/** Everything that web and worker read, for one stack on this machine. */
export function appEnvironment(options: {
  ports: Addresses;
  secrets: { auth: string; stripeKey: string; webhook: string };
  databaseUrl: string;
  priceBook: string;
  distDir: string;
}): NodeJS.ProcessEnv {
  const { ports, secrets } = options;
  return {
    ...withoutOurNames('production'),
    DATABASE_URL: options.databaseUrl,
    APP_URL: addressOf(ports.app),
    COFFER_PRICE_BOOK: options.priceBook,
    COFFER_DEMO: '1',
    COFFER_WEBHOOKS_TO_LOOPBACK: '1',
    COFFER_DIST_DIR: options.distDir,
    AUTH_SECRET: secrets.auth,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: 'Coffer <billing@demo.coffer.example>',
    STRIPE_SECRET_KEY: secrets.stripeKey,
    STRIPE_WEBHOOK_SECRETS: secrets.webhook,
    STRIPE_API_HOST: '127.0.0.1',
    STRIPE_API_PORT: String(ports.sandbox),
    STRIPE_API_PROTOCOL: 'http',
  };
}

export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
