import { createAdaptorServer } from '@hono/node-server';
import { afterAll, vi } from 'vitest';

import { createSandbox } from '@/stripe-sandbox/sandbox';

import { ledgerOfFile } from '../database/ledger-fixtures';
import { setEnvironment } from '../environment';

export const WEBHOOK_SECRET = 'whsec_of_these_tests';
const WEBHOOK_URL = 'http://app.test/api/stripe/webhook';
const CARD = { number: '4242424242424242', expiry: '12 / 34', cvc: '123', name: 'Ada Lovelace' };

export type Delivered = { type: string; body: Buffer; signature: string };

/** A Stripe on a port of its own, and an environment in which the house talks to it. */
export async function stripeFixture(databaseUrl: string) {
  const delivered: Delivered[] = [];
  const sandbox = createSandbox({
    webhooks: [{ url: WEBHOOK_URL, secret: WEBHOOK_SECRET }],
    fetch: async (_url, init) => {
      const body = Buffer.from(init.body as string);
      const { type } = JSON.parse(body.toString()) as { type: string };
      delivered.push({ type, body, signature: new Headers(init.headers).get('stripe-signature') ?? '' });
      return new Response(null, { status: 200 });
    },
  });
  const server = createAdaptorServer({ fetch: (request: Request) => sandbox.answer(request) });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

  const address = {
    STRIPE_API_HOST: '127.0.0.1',
    STRIPE_API_PORT: String(port),
    STRIPE_API_PROTOCOL: 'http',
  };
  setEnvironment({ DATABASE_URL: databaseUrl, STRIPE_WEBHOOK_SECRETS: WEBHOOK_SECRET, ...address });

  return {
    sandbox,
    /** What leads another process to it. */
    address,
    /** Pays on the hosted page, as its form does. */
    async pay(url: string, card: Partial<typeof CARD> & { email?: string } = {}) {
      const page = new URL(url);
      page.protocol = 'http:';
      const answer = await sandbox.answer(
        new Request(page, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ ...CARD, ...card }).toString(),
        }),
      );
      return answer.status;
    },
    /** Pulls a lever of the sandbox's, as its control page does. */
    lever: (path: string, pulled: object) =>
      sandbox.answer(
        new Request(`http://127.0.0.1/_sandbox/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(pulled),
        }),
      ),
    /** What was delivered since the last time, signed as Stripe signs. */
    async deliveries(): Promise<Delivered[]> {
      while ((await sandbox.tick()) > 0) continue;
      return delivered.splice(0);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        vi.unstubAllEnvs();
      }),
  };
}

export type StripeFixture = Awaited<ReturnType<typeof stripeFixture>>;

/** A ledger and a Stripe for all tests of a file, closed when the last of them has ended. */
export async function ledgerAndStripe() {
  const ledger = await ledgerOfFile();
  const stripe = await stripeFixture(ledger.urls.appUrl);
  afterAll(stripe.close);
  return { ledger, stripe };
}
