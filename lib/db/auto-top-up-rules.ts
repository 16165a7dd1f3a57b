import sql from 'sql-template-tag';

import type { AutoTopUpRule, AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { type Cents, cents, type Credits, credits } from '@/lib/domain/credits';

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
  /** When its customer last ended a pause. */
  resumedAt: Date | null;
  updatedAt: Date;
};

/** Who agreed, from where, and what they were shown. */
export type Consent = {
  /** Null where a key of the account did, which `apiKeyId` then names. */
  userId: string | null;
  apiKeyId: string | null;
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
  /** The e-mail address of the person, or the name of the key; null where it is gone. */
  by: string | null;
  before: AgreedRule | null;
  after: AgreedRule;
  createdAt: Date;
};

type Row = Omit<AutoTopUpRuleRow, 'size'> & {
  mode: 'target' | 'amount';
  target: Credits | null;
  amountCents: Cents | null;
};

const COLUMNS = sql`version, enabled, threshold, mode, target, amount_cents AS "amountCents",
  monthly_limit_cents AS "monthlyLimitCents", payment_method AS "paymentMethod", paused_because AS paused,
  paused_at AS "pausedAt", resumed_at AS "resumedAt", updated_at AS "updatedAt"`;

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
      ${consent.userId}, ${consent.apiKeyId}, ${consent.ipAddress}, ${consent.userAgent}, ${consent.textShown})`);
  if (!row) throw new Error('ledger.set_auto_top_up_rule gave no rule');
  return ruleOf(row);
}

/** Changes of the rule that somebody agreed to, the newest first. */
export async function listAutoTopUpConsents(
  db: Queryable,
  accountId: AccountId,
  limit: number,
): Promise<ConsentRow[]> {
  const rows = await db.query<KeptConsent>(
    sql`${CONSENTS} WHERE c.account_id = ${accountId} ORDER BY c.version DESC LIMIT ${limit}`,
  );
  return rows.map(consentOf);
}

export async function findAutoTopUpConsent(
  db: Queryable,
  { accountId, version }: { accountId: AccountId; version: bigint },
): Promise<ConsentRow | null> {
  const [row] = await db.query<KeptConsent>(
    sql`${CONSENTS} WHERE c.account_id = ${accountId} AND c.version = ${version}`,
  );
  return row ? consentOf(row) : null;
}

type KeptConsent = Omit<ConsentRow, 'before' | 'after'> & {
  before: KeptSettings | null;
  after: KeptSettings;
};

const CONSENTS = sql`
  SELECT c.version, c.before, c.after, c.user_id AS "userId", c.api_key_id AS "apiKeyId", coalesce(u.email, k.name) AS by,
         c.ip_address AS "ipAddress", c.user_agent AS "userAgent", c.text_shown AS "textShown", c.created_at AS "createdAt"
    FROM auto_top_up_consents c LEFT JOIN users u ON u.id = c.user_id LEFT JOIN api_keys k ON k.id = c.api_key_id`;

const consentOf = ({ before, after, ...row }: KeptConsent): ConsentRow => ({
  ...row,
  before: before === null ? null : agreedOf(before),
  after: agreedOf(after),
});

function agreedOf({
  threshold,
  mode,
  target,
  amountCents,
  monthlyLimitCents,
  ...kept
}: KeptSettings): AgreedRule {
  return {
    enabled: kept.enabled,
    threshold: credits(BigInt(threshold)),
    size:
      mode === 'target'
        ? { mode, target: credits(BigInt(target ?? 0)) }
        : { mode, amountCents: cents(BigInt(amountCents ?? 0)) },
    monthlyLimitCents: cents(BigInt(monthlyLimitCents)),
    paymentMethod: kept.paymentMethod,
  };
}

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

/** Ends a pause because the customer says so. True where it was paused until now. */
export const resumeAutoTopUp = (db: Queryable, accountId: AccountId): Promise<boolean> =>
  resume(db, accountId, { byCustomer: true });

/** Ends a pause because what it was for is over. True where it was paused until now. */
export const liftPause = (db: Queryable, accountId: AccountId): Promise<boolean> =>
  resume(db, accountId, { byCustomer: false });

async function resume(db: Queryable, accountId: AccountId, { byCustomer }: { byCustomer: boolean }) {
  const [row] = await db.query<{ done: boolean }>(
    sql`SELECT ledger.resume_auto_top_up(${accountId}, ${byCustomer}) AS done`,
  );
  return row?.done === true;
}

/** Of accounts whose available credits were seen at `highest` and at `lowest`, those whose threshold lies between. */
export const accountsThatCrossed = async (
  db: Queryable,
  seen: readonly { accountId: AccountId; highest: Credits; lowest: Credits }[],
): Promise<AccountId[]> => {
  const rows = await db.query<{ accountId: AccountId }>(
    sql`
      SELECT r.account_id AS "accountId"
        FROM unnest(${seen.map(({ accountId }) => accountId)}::bigint[], ${seen.map(({ highest }) => highest)}::bigint[],
                    ${seen.map(({ lowest }) => lowest)}::bigint[]) AS seen (account_id, highest, lowest)
        JOIN auto_top_up_rules r USING (account_id)
       WHERE r.enabled AND r.paused_at IS NULL AND seen.highest >= r.threshold AND seen.lowest < r.threshold`,
    'accounts-that-crossed',
  );
  return rows.map(({ accountId }) => accountId);
};

function ruleOf({ mode, target, amountCents, ...row }: Row): AutoTopUpRuleRow {
  if (mode === 'target' && target !== null) return { ...row, size: { mode, target } };
  if (mode === 'amount' && amountCents !== null) return { ...row, size: { mode, amountCents } };
  throw new Error('A rule of auto top-up has no size');
}
