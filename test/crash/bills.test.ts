import { expect, test } from 'vitest';

import { findFreeze } from '@/lib/db/ledger/audit';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { billMonths } from '@/lib/services/bill-months';
import { restrictOverdue } from '@/lib/services/restrict-overdue';
import { sendBill } from '@/lib/services/send-bill';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { stopClock } from '@/test/database/ledger-clock';
import { type AccountOnTerms, anAccountOnTerms } from '@/test/stripe/on-terms';

import { crashWorld } from './crash-points';

const TIME = { timeout: 300_000 };
const NOW = new Date();
/** The tenth of a month so many months ago: its bill is due whatever day it is. */
const monthsAgo = (months: number) =>
  new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - months, 10)).toISOString();

const world = await crashWorld();
await stopClock(world.ledger.urls, NOW);

async function hasUsed(): Promise<AccountOnTerms> {
  const account = await anAccountOnTerms(world.ledger, { since: monthsAgo(2) });
  await account.uses(1_000, 'dubbing', monthsAgo(2));
  await account.uses(250, 'training', monthsAgo(2));
  return account;
}
const inputOf = ({ accountId }: AccountOnTerms) => ({ accountId: `${accountId}` });

async function endOf(account: AccountOnTerms) {
  const [customer = ''] = await listStripeCustomers(world.ledger.db, account.accountId);
  const invoices = await stripeApi().invoices.list({ customer });
  return {
    bills: (await account.bills()).map(({ status }) => status),
    invoices: invoices.data.map(({ status, subtotal }) => [status, subtotal]),
    balance: await account.balance(),
    frozen: await findFreeze(world.ledger.db, account.accountId),
  };
}

test('a month is billed and sent once, by the worker alone', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'billMonths',
      scene: hasUsed,
      inputOf,
      end: async (account) => ({
        ...(await endOf(account)),
        told: world.jobsDone(`${account.accountId}`)['tell-bill'],
      }),
    },
    { bills: ['open', null], invoices: [['open', 12_50]], balance: -1_250, frozen: null, told: 1 },
  );
  expect(crossings).toBeGreaterThan(30);
});

test('an overdue invoice that is paid is credited once, and its account goes on', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'settleTopUp',
      scene: async () => {
        const account = await hasUsed();
        const ctx = account.ctx(NOW.toISOString());
        await billMonths(ctx);
        const [row] = await world.ledger.asOwner<{ id: string }>(
          `SELECT id FROM top_ups WHERE account_id = $1 AND origin = 'invoice'`,
          [account.accountId],
        );
        const key = { accountId: account.accountId, id: row?.id ?? '' };
        await sendBill(ctx, key);
        const late = new Date(NOW.getTime() + 31 * 86_400_000);
        await restrictOverdue({ ...ctx, now: late }, key);
        expect(await findFreeze(world.ledger.db, account.accountId)).not.toBeNull();
        const [bill] = await account.bills();
        await stripeApi().invoices.pay(bill?.invoice ?? '', { paid_out_of_band: true });
        return { ...account, topUpId: key.id };
      },
      inputOf: (account) => ({ ...inputOf(account), topUpId: account.topUpId }),
      end: async (account) => ({
        ...(await endOf(account)),
        receipts: world.jobsDone(account.topUpId)['send-receipt'],
      }),
    },
    { bills: ['credited', null], invoices: [['paid', 12_50]], balance: 0, frozen: null, receipts: 1 },
  );
  expect(crossings).toBeGreaterThan(10);
});
