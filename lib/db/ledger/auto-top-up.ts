import sql from 'sql-template-tag';

import type { AutoTopUpFacts, WaitReason } from '@/lib/domain/auto-top-up';
import type { Cents, Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable, Tx } from '../database';

/** What the ledger knows of a decision's facts. */
export type LedgerFacts = Pick<
  AutoTopUpFacts,
  'available' | 'inFlight' | 'isLive' | 'lastAutoTopUpAt' | 'chargedThisMonth' | 'declines'
> & {
  /** The ledger's clock: the `now` of the decision. */
  asOf: Date;
  isFrozen: boolean;
};

type FactsRow = Omit<LedgerFacts, 'declines'> & { declines: number; lastDeclinedAt: Date | null };

const FACTS = sql`as_of AS "asOf", available, in_flight AS "inFlight", is_live AS "isLive", last_claimed_at AS "lastAutoTopUpAt",
  charged_this_month AS "chargedThisMonth", declines, last_declined_at AS "lastDeclinedAt", is_frozen AS "isFrozen"`;

/**
 * Takes the account's lock and reads what a decision looks at: it stays true until the transaction ends. With `without`,
 * as if that top-up, which would make way for another, had been declined for good.
 */
export const lockAutoTopUpFacts = async (
  tx: Tx,
  accountId: AccountId,
  { without = null }: { without?: string | null } = {},
): Promise<LedgerFacts> =>
  factsOf(
    await tx.query(sql`SELECT ${FACTS} FROM ledger.lock_auto_top_up_facts(${accountId}, ${without}::uuid)`),
  );

/** The same for whoever only shows it. */
export const readAutoTopUpFacts = async (db: Queryable, accountId: AccountId): Promise<LedgerFacts> =>
  factsOf(await db.query(sql`SELECT ${FACTS} FROM ledger.auto_top_up_facts(${accountId})`));

function factsOf([row]: FactsRow[]): LedgerFacts {
  if (!row) throw new Error('The ledger knows nothing of this account’s auto top-up');
  const { declines: count, lastDeclinedAt: lastAt, ...facts } = row;
  return { ...facts, declines: lastAt === null ? null : { count, lastAt } };
}

/** Why an auto top-up may not be claimed now, though it was decided on. */
type ClaimBar =
  | Extract<
      WaitReason,
      | 'off'
      | 'enough-credits'
      | 'charge-under-way'
      | 'credits-on-their-way'
      | 'monthly-limit'
      | 'cooling-down'
    >
  | 'paused'
  | 'account-frozen'
  | 'facts-changed';

export type Claim =
  | {
      kind: 'claimed';
      isReplay: boolean;
      credits: Credits;
      priceCents: Cents;
      claimedAt: Date;
      /** No other may be claimed before it, unless this one comes to nothing. */
      windowEnd: Date;
    }
  | { kind: 'barred'; because: ClaimBar; until: Date | null };

export type WantedClaim = {
  accountId: AccountId;
  /** Of the top-up. The same again is the same claim. */
  id: string;
  /** Available and in flight, as the amount was worked out from. */
  expected: Credits;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  priceBookVersion: string;
  cooldownSeconds: bigint;
  /** What a request that waits lacks; it may be claimed for above the threshold, too. */
  shortfall?: Credits | null;
};

type Row = {
  status: 'claimed' | 'replayed' | 'conflict' | ClaimBar;
  credits: Credits;
  priceCents: Cents;
  claimedAt: Date;
  windowEnd: Date;
  until: Date | null;
};

/**
 * Writes down that an account is about to be charged, before anyone is asked for money. Work the amount out from
 * `lockAutoTopUpFacts` in the same transaction: a claim that was worked out from anything else is `facts-changed`.
 */
export async function claimAutoTopUp(db: Queryable, wanted: WantedClaim): Promise<Claim> {
  const [row] = await db.query<Row>(
    sql`
      SELECT status, credits, price_cents AS "priceCents", claimed_at AS "claimedAt", window_end AS "windowEnd", until
        FROM ledger.claim_auto_top_up(
          ${wanted.accountId}, ${wanted.id}, ${wanted.expected}, ${wanted.credits}, ${wanted.priceCents}, ${wanted.currency},
          ${wanted.priceBookVersion}, ${`${wanted.cooldownSeconds} seconds`}::interval, ${wanted.shortfall ?? 0n})`,
    'ledger.claim_auto_top_up',
  );
  if (!row || row.status === 'conflict') throw new Error(`Top-up ${wanted.id} is no auto top-up`);
  const { status, until, ...claimed } = row;
  return status === 'claimed' || status === 'replayed'
    ? { kind: 'claimed', isReplay: status === 'replayed', ...claimed }
    : { kind: 'barred', because: status, until };
}

/** Accounts whose balance is below the threshold of a rule that may act, and those with a payment that has not ended. */
export async function dueAutoTopUps(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM ledger.due_auto_top_ups(${limit})`,
  );
  return rows.map(({ id }) => id);
}
