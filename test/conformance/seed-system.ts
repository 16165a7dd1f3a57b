import { randomUUID } from 'node:crypto';

import { type AccountId, accountOfRow } from '@/lib/db/context';
import { database, inTransaction } from '@/lib/db/database';
import { credit, openAccount } from '@/lib/db/ledger';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { dueSessions } from '@/lib/db/ledger/session';
import { keepTopUp, markCredited } from '@/lib/db/top-ups';
import { cents, wholeCredits } from '@/lib/domain/credits';
import { closeSession } from '@/lib/services/close-session';
import { giveAllowance } from '@/lib/services/give-allowance';
import { openAccount as signUp } from '@/lib/services/open-account';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { type Answer, type Asked, call } from '@/test/api/call';
import { documentedAt, faultsOf } from '@/test/api/documented';
import { newKey } from '@/test/api/new-key';
import { newMember } from '@/test/api/new-member';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment, testVariables } from '@/test/environment';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

import { startMeter } from './meter-process';

/** An account of the system, and how its own programs ask. */
export type Customer = {
  accountId: AccountId;
  key: string;
  get: (address: string) => Promise<Answer>;
  post: (address: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
};

export type SeedSystem = {
  ledger: LedgerFixture;
  stripe: StripeFixture;
  /** Where its API is. */
  url: string;
  /** Any request; what is answered is held to the API's own document. */
  ask: (method: string, address: string, asked?: Asked) => Promise<Answer>;
  /** Somebody signs up: an account with what the price book gives. */
  newcomer: () => Promise<Customer>;
  /** A new account with so many credits of a purchase. */
  customer: (credits?: number) => Promise<Customer>;
  /** Puts credits on an account, as a top-up that was paid. */
  topUp: (customer: Customer, credits: number) => Promise<void>;
  /** Pays on the page at `url`, and does what Stripe's news of it makes the worker do. */
  pay: (customer: Customer, page: { id: string; url: string }) => Promise<void>;
  /** A new account with an owner who has a password. */
  newAccount: () => Promise<{ accountId: AccountId; email: string; password: string }>;
  /** Sets the ledger's clock. */
  at: (moment: string) => Promise<void>;
  /** What the worker does of itself for an account, as time goes by. */
  timePasses: (customer: Customer) => Promise<void>;
  /** What the worker does each minute for sessions whose time has come. */
  sessionsClose: () => Promise<void>;
  close: () => Promise<void>;
};

/** Coffer as one of the seeds: its meter as a process under that price book, on a database and beside a Stripe of its own. */
export async function seedSystem(priceBook: string, now = '2026-03-01T12:00:00Z'): Promise<SeedSystem> {
  const ledger = await ledgerFixture();
  await stopClock(ledger.urls, new Date(now));
  const stripe = await stripeFixture(ledger.urls.appUrl);
  const variables = {
    DATABASE_URL: ledger.urls.appUrl,
    COFFER_PRICE_BOOK: priceBook,
    ...stripe.address,
  };
  setEnvironment(variables);
  const meter = await startMeter(testVariables(variables));

  const ask: SeedSystem['ask'] = async (method, address, asked) => {
    const answer = await call(meter.url, method, address, asked);
    const documented = documentedAt(method, address);
    const faults = documented && faultsOf(documented, answer);
    if (faults !== null)
      throw new Error(
        `${method} ${address} answered ${answer.status} not as documented: ${JSON.stringify(faults)}`,
      );
    return answer;
  };
  const topUp: SeedSystem['topUp'] = ({ accountId }, credits) =>
    inTransaction(ledger.db, async (tx) => {
      const key = { accountId, id: randomUUID() };
      const bought = wholeCredits(BigInt(credits));
      await keepTopUp(tx, {
        ...key,
        packageId: 'of-a-test',
        priceBookVersion: '1',
        credits: bought,
        priceCents: cents(1n),
        currency: 'usd',
        startedBy: null,
        savesCard: false,
      });
      await credit(tx, { accountId, amount: bought, kind: 'topup', reference: key.id });
      await markCredited(tx, key, new Date());
    });
  const customerOf = async (accountId: AccountId): Promise<Customer> => {
    const key = await newKey(ledger.db, accountId);
    return {
      accountId,
      key,
      get: (address) => ask('GET', address, { key }),
      post: (address, body, headers = {}) => ask('POST', address, { key, headers, body }),
    };
  };
  const newAccount = async () => {
    const accountId = await openAccount(ledger.db, { name: 'Acme', priceBook });
    return { accountId, ...(await newMember(ledger, accountId, 'owner')) };
  };

  return {
    ledger,
    stripe,
    url: meter.url,
    ask,
    topUp,
    newcomer: async () => {
      const userId = randomUUID();
      await ledger.asOwner('INSERT INTO users (id, email) VALUES ($1, $2)', [
        userId,
        `${userId}@example.com`,
      ]);
      await signUp({ db: database(), now: new Date(), userId }, { name: 'Acme' });
      const [row] = await ledger.asOwner<{ id: string }>(
        'SELECT account_id AS id FROM members WHERE user_id = $1',
        [userId],
      );
      return customerOf(accountOfRow(BigInt(row?.id ?? 0)));
    },
    customer: async (credits = 0) => {
      const { accountId } = await newAccount();
      const customer = await customerOf(accountId);
      if (credits > 0) await topUp(customer, credits);
      return customer;
    },
    pay: async ({ accountId }, { id, url }) => {
      const status = await stripe.pay(url);
      if (status !== 303) throw new Error(`The payment page answered ${status}`);
      await stripe.deliveries();
      await settleTopUp({ db: database(), now: new Date() }, { accountId, id });
    },
    newAccount,
    at: async (moment) => {
      await ledger.asOwner('UPDATE clock SET now = $1', [new Date(moment)]);
    },
    timePasses: async ({ accountId }) => {
      await expireAccount(ledger.db, accountId);
      await giveAllowance({ db: database() }, accountId);
    },
    sessionsClose: async () => {
      for (const { accountId, reference } of await dueSessions(database(), 100))
        await closeSession({ db: database() }, { accountId, reference, by: 'auto_closed' });
    },
    close: async () => {
      await meter.stop();
      await database().close();
      await stripe.close();
      await ledger.close();
    },
  };
}
