import { randomUUID } from 'node:crypto';

import { expect } from '@playwright/test';
import { encode } from 'next-auth/jwt';

import type { Own } from '@/test/access/asked';
import { STAFF, TENANTS, type Tenant, tenantOf, type Visitor, VISITORS } from '@/test/access/principals';

import { appUrl } from './addresses';
import { one, rows } from './database';
import { payWithoutComingBack } from './payment-page';
import { sandbox } from './sandbox';
import { stripe } from './stripe';
import { eventually, isToldOf, newKeyText, newSession, ownOf, person, type TenantThere } from './things';

const CREDIT = 1_000_000;
const GOOD_CARD = '4242 4242 4242 4242';

export type Asker = {
  /** What a browser or a program of theirs sends with every request. */
  headers: Readonly<Record<string, string>>;
  userId: string;
  own: Own;
  tenant: TenantThere;
};
export type World = { askers: Record<Visitor, Asker>; tenants: Record<Tenant, TenantThere> };

/** Everybody whom the table of access names, with what they have. */
export async function world(): Promise<World> {
  const made = await Promise.all(TENANTS.map(async (name) => [name, await tenant()] as const));
  const tenants = Object.fromEntries(made) as Record<Tenant, TenantThere>;
  await Promise.all([tenants.own, tenants.frozen].map(hasEverything));
  await rows(`SELECT ledger.freeze_account($1, 'A story.')`, [tenants.frozen.accountId]);
  const askers: [Visitor, Asker][] = [];
  for (const visitor of VISITORS) askers.push([visitor, await asker(visitor, tenants[tenantOf(visitor)])]);
  return { askers: Object.fromEntries(askers) as Record<Visitor, Asker>, tenants };
}

async function tenant(): Promise<TenantThere> {
  const canary = `canary${randomUUID().slice(0, 8)}`;
  const { id: accountId } = await one<{ id: string }>(`SELECT ledger.open_account($1, 'dubbing') AS id`, [
    canary,
  ]);
  const owner = await person(canary, { accountId, role: 'owner' });
  await one(`SELECT ledger.credit($1, $2, 'bonus', $3)`, [accountId, 120 * CREDIT, `${canary}-welcome`]);
  return { accountId, canary, owner };
}

async function cookieOf(sid: string): Promise<string> {
  const secret = process.env['AUTH_SECRET'] ?? '';
  return `coffer.session=${await encode({ token: { sid }, secret, maxAge: 3_600 })}`;
}

/** The lines of the ledger, the purchase, the invoice and the payment that waits: what one account has and others have not. */
async function hasEverything({ accountId, canary, owner }: TenantThere): Promise<void> {
  const cookie = await cookieOf(await newSession(owner));
  const bought = await fetch(`${appUrl}/api/top-ups`, {
    method: 'POST',
    headers: { cookie, origin: appUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), packageId: '500', savesCard: true }),
  });
  const { checkoutUrl } = (await bought.json()) as { checkoutUrl: string };
  await payWithoutComingBack(checkoutUrl, GOOD_CARD);
  for (let charge = 0; charge < 5; charge += 1)
    await one(`SELECT ledger.charge($1, 1, $2, sha256($2::text::bytea), 'dubbing')`, [
      accountId,
      `${canary}-${charge}`,
    ]);
  const invoice = await eventually<{ id: string }>(
    'SELECT id FROM invoices WHERE account_id = $1',
    accountId,
  );
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 100, refund_amount: 100 });
  await eventually('SELECT id FROM credit_notes WHERE account_id = $1', accountId);

  const { customer } = await one<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1',
    [accountId],
  );
  const refused = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: refused.id } });
  await isToldOf(refused.id);
  await isToldOf(customer);
  await one(
    `SELECT version FROM ledger.set_auto_top_up_rule(
       $1, true, $2, 'target', $3, NULL, 100000, NULL, $4, NULL, NULL, NULL, 'A story.')`,
    [accountId, 2_000 * CREDIT, 4_000 * CREDIT, owner],
  );
  await one(
    `SELECT graphile_worker.add_job('run-auto-top-up', json_build_object('accountId', $1::text, 'trigger', 'scheduled'))`,
    [accountId],
  );
  await eventually(`SELECT top_up_id FROM recoveries WHERE account_id = $1`, accountId);
}

/** What Stripe tells, and what the worker does with it, would be taken for the doing of a request. */
export async function nothingIsUnderWay(): Promise<void> {
  await expect.poll(() => sandbox.pendingDeliveries()).toBe(0);
  await expect
    .poll(() =>
      rows(`SELECT task_identifier FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts
            UNION ALL SELECT type FROM stripe_events WHERE handled_at IS NULL`),
    )
    .toEqual([]);
}

/** The one click of the demo, which asks staff for no code: who owes one is tried in e2e/staff.spec.ts. */
const BY_ONE_CLICK = `UPDATE sign_in_sessions SET method = 'demo' WHERE user_id = $1`;
/** What makes a visitor who they are, of somebody who is signed in. */
const BECOMES: Partial<Record<Visitor, string>> = {
  'signed out': 'UPDATE sign_in_sessions SET revoked_at = now() WHERE user_id = $1',
  'owes a code': 'UPDATE sign_in_sessions SET awaits_code = true WHERE user_id = $1',
  'stale owner': `UPDATE sign_in_sessions SET confirmed_at = now() - interval '1 day' WHERE user_id = $1`,
  disabled: 'UPDATE users SET disabled_at = now() WHERE id = $1',
  removed: 'DELETE FROM members WHERE user_id = $1',
};

async function asker(visitor: Visitor, tenant: TenantThere): Promise<Asker> {
  const { accountId, canary, owner } = tenant;
  const own = (userId: string) => ({ userId, own: ownOf(tenant, userId), tenant });
  if (visitor === 'anonymous') return { headers: {}, ...own(owner) };
  if (visitor === 'key holder')
    return { headers: { authorization: `Bearer ${await newKeyText(accountId)}` }, ...own(owner) };

  const isOwner = ['owner', 'frozen owner', 'stranger'].includes(visitor);
  const userId = isOwner ? owner : await someone(visitor, accountId, canary);
  const cookie = await cookieOf(await newSession(userId));
  const becomes = STAFF.includes(visitor) ? BY_ONE_CLICK : BECOMES[visitor];
  if (becomes !== undefined) await rows(becomes, [userId]);
  return { headers: { cookie }, ...own(userId) };
}

function someone(visitor: Visitor, accountId: string, canary: string): Promise<string> {
  if (STAFF.includes(visitor)) return person(canary, { staffRole: visitor });
  const role = ['viewer', 'developer', 'billing'].includes(visitor) ? visitor : 'owner';
  return person(canary, { accountId, role });
}
