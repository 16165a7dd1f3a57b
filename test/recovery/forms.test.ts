import { randomUUID } from 'node:crypto';

import { afterAll, expect, test } from 'vitest';

import { POST as openCard } from '@/app/api/recovery/new-card/route';
import { POST as pay } from '@/app/api/recovery/pay/route';
import { GET as comeBack } from '@/app/recovery/back/[id]/route';
import { RecoveryForm } from '@/lib/contracts/recovery';
import { database } from '@/lib/db/database';
import { recoveryLink } from '@/lib/db/recovery-link';
import { recoveryForm } from '@/lib/http/recovery-form';
import { rememberDoor } from '@/lib/http/recovery-return';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { type Stuck, stuckAccount } from './stuck-account';

const DECLINED = 'pm_card_chargeCustomerFail';
const MOST_AN_HOUR = 30;

const { ledger } = await ledgerAndStripe();
afterAll(async () => {
  await database().close();
});

const linkOf = ({ ctx, topUpId }: Stuck) =>
  recoveryLink({ accountId: ctx.accountId, id: topUpId }, new Date());
/** A press of one of the page's forms: the status, and the page that follows. */
async function press(door: (request: Request) => Promise<Response>, fields: Record<string, string>) {
  const pressed = new Request('http://app.test/api/recovery', {
    method: 'POST',
    headers: { origin: 'http://app.test' },
    body: new URLSearchParams(fields),
  });
  const { status, headers } = await door(pressed);
  return { status, to: headers.get('location'), cookie: headers.get('set-cookie') };
}
const sessionsOf = async ({ customer }: Stuck) =>
  (await stripeApi().checkout.sessions.list({ customer, limit: 100 })).data.length;
const chargesOf = async ({ customer }: Stuck) =>
  (await stripeApi().charges.list({ customer, limit: 100 })).data.length;

test(
  'an account opens so many pages of Stripe’s and makes so many attempts an hour, with a link too',
  { timeout: 120_000 },
  async () => {
    const account = await stuckAccount(ledger, DECLINED);
    const link = linkOf(account);
    const often = { status: 303, to: `/recovery/${link}?said=often`, cookie: null };
    for (let page = 1; page < MOST_AN_HOUR; page += 1)
      expect((await press(openCard, { link })).to).toMatch(/^http/);
    // The attempts count with the pages: this is the last of both.
    expect(await press(pay, { link, attempt: '2', card: account.card })).toMatchObject({
      status: 303,
      to: `/recovery/${link}`,
    });
    expect(await press(openCard, { link })).toEqual(often);
    expect(await press(pay, { link, attempt: '3', card: account.card })).toEqual(often);
    expect(await sessionsOf(account)).toBe(MOST_AN_HOUR - 1);
    expect(await chargesOf(account)).toBe(2);

    const other = await stuckAccount(ledger, DECLINED);
    expect((await press(openCard, { link: linkOf(other) })).to).toMatch(/^http/);
  },
);

test('Stripe is told where to lead back to, and nothing that opens the payment', async () => {
  const account = await stuckAccount(ledger, DECLINED);
  const link = linkOf(account);
  const { cookie } = await press(openCard, { link });
  const [session] = (await stripeApi().checkout.sessions.list({ customer: account.customer })).data;
  expect(session?.success_url).toBe(`http://app.test/recovery/back/${account.topUpId}?said=card`);
  expect(JSON.stringify(session)).not.toContain(link);

  const back = async (id: string, headers: Record<string, string>) => {
    const params = Promise.resolve({ id });
    return (await comeBack(new Request(session?.success_url ?? '', { headers }), { params })).headers.get(
      'location',
    );
  };
  const [remembered = ''] = (cookie ?? '').split(';');
  expect(cookie).toContain('HttpOnly; SameSite=Lax');
  expect(await back(account.topUpId, { cookie: `a=b; ${remembered}` })).toBe(`/recovery/${link}?said=card`);
  expect(await back(account.topUpId, {})).toBe('/recovery/lost?said=back');
  expect(await back(randomUUID(), { cookie: remembered })).toBe('/recovery/lost?said=back');
  const forged = `coffer-recovery-${account.topUpId}=%2F%2Fevil.test`;
  expect(await back(account.topUpId, { cookie: forged })).toBe('/recovery/lost?said=back');
});

test('whichever door an attempt is begun at, it is one attempt, and each leads back to its own page', async () => {
  const account = await stuckAccount(ledger, DECLINED);
  const asked: string[] = [];
  const door = recoveryForm({
    fields: RecoveryForm,
    run: async (_ctx, { returnUrl }) => {
      asked.push(returnUrl);
      return null;
    },
  });
  await press(door, { link: linkOf(account) });
  expect(asked).toEqual([`http://app.test/recovery/back/${account.topUpId}`]);
  const params = Promise.resolve({ id: account.topUpId });
  const member = rememberDoor(account.topUpId, undefined).split(';')[0] ?? '';
  const request = new Request('http://app.test/recovery/back', { headers: { cookie: member } });
  const { headers } = await comeBack(request, { params });
  expect(headers.get('location')).toBe(`/recoveries/${account.topUpId}`);
});

test('what Stripe refuses ends on the payment’s page, with a sentence', async () => {
  const account = await stuckAccount(ledger, DECLINED);
  const link = linkOf(account);
  const refused = recoveryForm({
    fields: RecoveryForm,
    run: async () => (await stripeApi().paymentIntents.confirm('pi_none')).id,
  });
  expect(await press(refused, { link })).toMatchObject({ status: 303, to: `/recovery/${link}?said=failed` });
});

test('a body that no form of ours sends is refused before it is looked at', async () => {
  const account = await stuckAccount(ledger, DECLINED);
  const link = linkOf(account);
  expect((await press(openCard, { link, more: 'x'.repeat(100_000) })).status).toBe(413);
  expect(await sessionsOf(account)).toBe(0);
});
