import { randomUUID } from 'node:crypto';

import { expect } from '@playwright/test';

import { newApiKey } from '@/lib/db/api-key-text';
import { accountOfRow } from '@/lib/db/context';
import { recoveryLink } from '@/lib/db/recovery-link';
import { agreementOf } from '@/lib/domain/auto-top-up-agreement';
import { cents, wholeCredits } from '@/lib/domain/credits';
import { priceBook } from '@/price-books/price-book';
import type { Own } from '@/test/access/asked';
import { ACCESS_DOMAIN } from '@/test/access/state';

import { one, rows } from './database';
import { stripe } from './stripe';

/** An account with something of everything, and a word that stands in all of it and nowhere else. */
export type TenantThere = { accountId: string; canary: string; owner: string };
type Place = { accountId: string; role: string } | { staffRole: string };

/** Somebody with a place in an account, or in the company. */
export async function person(canary: string, place: Place): Promise<string> {
  const email = `${canary}-${randomUUID().slice(0, 8)}@${ACCESS_DOMAIN}`;
  const { id } = await one<{ id: string }>(
    'INSERT INTO users (email, staff_role) VALUES ($1, $2::staff_role) RETURNING id',
    [email, 'staffRole' in place ? place.staffRole : null],
  );
  // Who of staff has no second factor sees nothing of the console.
  if ('staffRole' in place)
    await rows(
      `INSERT INTO authenticators (user_id, sealed_secret, created_at, confirmed_at) VALUES ($1, 'none', now(), now())`,
      [id],
    );
  if ('role' in place)
    await rows('INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3::member_role)', [
      place.accountId,
      id,
      place.role,
    ]);
  return id;
}

export const newSession = async (userId: string) =>
  (
    await one<{ id: string }>(
      `INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at)
       VALUES ($1, 'password', 'A story', now() + interval '1 day') RETURNING id`,
      [userId],
    )
  ).id;

/** The text of a new key that may do everything in its account. */
export async function newKeyText(accountId: string): Promise<string> {
  const { text, hash, prefix } = newApiKey('account');
  await rows(
    `INSERT INTO api_keys (id, account_id, key_hash, prefix, name, scopes) VALUES (gen_random_uuid(), $1, $2, $3, 'A story', '{read,meter,billing}')`,
    [accountId, hash, prefix],
  );
  return text;
}

const first = async (statement: string, accountId: string) =>
  (await one<{ id: string }>(statement, [accountId])).id;

/** What a person of a tenant can name. */
export function ownOf({ accountId, canary, owner }: TenantThere, userId: string): Own {
  const endpoint = () =>
    first(
      `INSERT INTO webhook_endpoints (account_id, id, url, topics, secret, created_by, created_at)
       VALUES ($1, gen_random_uuid(), 'https://${canary}.example/', '{operation.ready}', 'whsec_c3Rvcnk=', '${owner}', now()) RETURNING id`,
      accountId,
    );
  const recovery = () => first('SELECT top_up_id AS id FROM recoveries WHERE account_id = $1', accountId);
  return {
    endpoint,
    recovery,
    account: async () => accountId,
    home: async () => accountId,
    invitation: () =>
      first(
        `INSERT INTO invitations (account_id, id, email, role, invited_by, sent_at, expires_at)
         VALUES ($1, gen_random_uuid(), '${randomUUID()}@${ACCESS_DOMAIN}', 'viewer', '${owner}', now(), now() + interval '1 day') RETURNING id`,
        accountId,
      ),
    member: () => person(canary, { accountId, role: 'viewer' }),
    entry: () => first('SELECT max(seq) AS id FROM entries WHERE account_id = $1', accountId),
    apiKey: () =>
      first(
        `INSERT INTO api_keys (id, account_id, key_hash, prefix, name, scopes)
         VALUES (gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 'cof_live_', '${canary}', '{read}') RETURNING id`,
        accountId,
      ),
    card: () => newCard(accountId),
    creditNote: () => first('SELECT id FROM credit_notes WHERE account_id = $1', accountId),
    delivery: async () => {
      const endpointId = await endpoint();
      const eventId = `evt_${canary}${randomUUID().slice(0, 8)}`;
      await rows(
        `INSERT INTO webhook_deliveries (account_id, endpoint_id, event_id, event_name, body, state, next_at, created_at)
         VALUES ($1, $2, $3, 'asset.ready', '{}', 'failed', NULL, now())`,
        [accountId, endpointId, eventId],
      );
      return { endpointId, eventId };
    },
    invoice: () =>
      first('SELECT id FROM invoices WHERE account_id = $1 ORDER BY issued_at LIMIT 1', accountId),
    link: async () =>
      recoveryLink({ accountId: accountOfRow(BigInt(accountId)), id: await recovery() }, new Date()),
    session: () => newSession(userId),
    topUp: () =>
      first(`SELECT id FROM top_ups WHERE account_id = $1 AND origin = 'manual' LIMIT 1`, accountId),
    agreement: async () => off(),
    mayGoOn: async () => {
      await rows('SELECT ledger.resume_auto_top_up($1, true)', [accountId]);
    },
  };
}

/** A row that something else will write: the worker, or the web for Stripe. */
export async function eventually<Row extends object>(statement: string, value: string): Promise<Row> {
  let found: Row | undefined;
  await expect
    .poll(async () => {
      [found] = await rows<Row>(statement, [value]);
      return found;
    })
    .toBeDefined();
  return found as Row;
}

/** Stripe told of it, and what that led to is done. */
export const isToldOf = (id: string) =>
  eventually('SELECT type FROM stripe_events WHERE object_id = $1 AND handled_at IS NOT NULL', id);

async function newCard(accountId: string): Promise<string> {
  const { customer } = await one<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1',
    [accountId],
  );
  const { id } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  await isToldOf(id);
  return id;
}

function off() {
  const settings = {
    threshold: wholeCredits(500n),
    size: { mode: 'target' as const, target: wholeCredits(5_000n) },
    monthlyLimitCents: cents(10_000n),
    enabled: false,
  };
  return {
    enabled: false,
    threshold: settings.threshold.toString(),
    size: { mode: 'target', target: settings.size.target.toString() },
    monthlyLimitCents: settings.monthlyLimitCents.toString(),
    paymentMethod: null,
    textShown: agreementOf(settings, priceBook()),
  };
}
