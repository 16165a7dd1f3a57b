import { vi } from 'vitest';

const VARIABLES = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  APP_URL: 'http://app.test',
  AUTH_SECRET: 'a secret of these tests, 32 characters',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'billing@app.test',
  STRIPE_SECRET_KEY: 'sk_test_of_these_tests',
  STRIPE_WEBHOOK_SECRETS: 'whsec_of_these_tests',
  LOG_LEVEL: 'silent',
};

type Given = Readonly<Record<string, string>>;

/** What a process reads that reaches nothing but what `given` names. */
export const testVariables = (given: Given = {}): Record<string, string> => ({ ...VARIABLES, ...given });

/** The same for this process. It is read once: before the first use of `env()`. */
export function setEnvironment(given: Given = {}): void {
  for (const [name, value] of Object.entries(testVariables(given))) vi.stubEnv(name, value);
}

/** What is imported after this runs under another price book: it is chosen once for a process. */
export async function choosePriceBook(id: string): Promise<void> {
  vi.resetModules();
  setEnvironment({ COFFER_PRICE_BOOK: id });
  const { log } = await import('@/lib/log');
  log.level = 'silent';
}
