import sql from 'sql-template-tag';

import type { AutoTopUpRule, AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import type { Cents, Credits } from '@/lib/domain/credits';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** What a customer agrees to with each change. */
export type AgreedRule = AutoTopUpSettings & {
  enabled: boolean;
  /** Stripe's id; null: the customer's default. */
  paymentMethod: string | null;
};

export type AutoTopUpRuleRow = AgreedRule & {
  /** Goes up with each change that somebody agreed to. */
  version: bigint;
  /** Why nothing is bought until it is resumed. */
  paused: AutoTopUpRule['paused'];
  pausedAt: Date | null;
  updatedAt: Date;
};

/** Who agreed, from where, and what they were shown. */
export type Consent = {
  userId: string;
  ipAddress: string | null;
  userAgent: string | null;
  textShown: string;
};

/** Settings as they are kept with a consent: amounts are digits. */
type KeptSettings = {
  enabled: boolean;
  threshold: string;
  mode: 'target' | 'amount';
  target: string | null;
  amountCents: string | null;
  monthlyLimitCents: string;
  paymentMethod: string | null;
};
export type ConsentRow = Consent & {
  version: bigint;
  before: KeptSettings | null;
  after: KeptSettings;
  createdAt: Date;
};

type Row = Omit<AutoTopUpRuleRow, 'size'> & {
  mode: 'target' | 'amount';
  target: Credits | null;
  amountCents: Cents | null;
};

const COLUMNS = sql`version, enabled, threshold, mode, target, amount_cents AS "amountCents",
  monthly_limit_cents AS "monthlyLimitCents", payment_method AS "paymentMethod", paused_because AS paused,
  paused_at AS "pausedAt", updated_at AS "updatedAt"`;

export async function findAutoTopUpRule(
  db: Queryable,
  accountId: AccountId,
): Promise<AutoTopUpRuleRow | null> {
  const [row] = await db.query<Row>(
    sql`SELECT ${COLUMNS} FROM auto_top_up_rules WHERE account_id = ${accountId}`,
  );
  return row ? ruleOf(row) : null;
}

/** Sets the rule and keeps the consent to it; the same rule again does neither. A pause outlasts the change. */
export async function setAutoTopUpRule(
  db: Queryable,
  { accountId, settings, consent }: { accountId: AccountId; settings: AgreedRule; consent: Consent },
): Promise<AutoTopUpRuleRow> {
  const { enabled, threshold, size, monthlyLimitCents, paymentMethod } = settings;
  const target = size.mode === 'target' ? size.target : null;
  const amountCents = size.mode === 'amount' ? size.amountCents : null;
  const [row] = await db.query<Row>(sql`
    SELECT ${COLUMNS} FROM ledger.set_auto_top_up_rule(
      ${accountId}, ${enabled}, ${threshold}, ${size.mode}, ${target}, ${amountCents}, ${monthlyLimitCents}, ${paymentMethod},
      ${consent.userId}, ${consent.ipAddress}, ${consent.userAgent}, ${consent.textShown})`);
  if (!row) throw new Error('ledger.set_auto_top_up_rule gave no rule');
  return ruleOf(row);
}

/** Each change of the rule that somebody agreed to, the newest first. */
export const listAutoTopUpConsents = (db: Queryable, accountId: AccountId): Promise<ConsentRow[]> =>
  db.query(sql`
    SELECT version, before, after, user_id AS "userId", ip_address AS "ipAddress", user_agent AS "userAgent",
           text_shown AS "textShown", created_at AS "createdAt"
      FROM auto_top_up_consents WHERE account_id = ${accountId} ORDER BY version DESC`);

/** True where it was this call that stopped it, which is when the customer is told. */
export async function pauseAutoTopUp(
  db: Queryable,
  { accountId, because }: { accountId: AccountId; because: NonNullable<AutoTopUpRule['paused']> },
): Promise<boolean> {
  const [row] = await db.query<{ done: boolean }>(
    sql`SELECT ledger.pause_auto_top_up(${accountId}, ${because}) AS done`,
  );
  return row?.done === true;
}

/** True where it was paused until now. */
export async function resumeAutoTopUp(db: Queryable, accountId: AccountId): Promise<boolean> {
  const [row] = await db.query<{ done: boolean }>(
    sql`SELECT ledger.resume_auto_top_up(${accountId}) AS done`,
  );
  return row?.done === true;
}

function ruleOf({ mode, target, amountCents, ...row }: Row): AutoTopUpRuleRow {
  if (mode === 'target' && target !== null) return { ...row, size: { mode, target } };
  if (mode === 'amount' && amountCents !== null) return { ...row, size: { mode, amountCents } };
  throw new Error('A rule of auto top-up has no size');
}
