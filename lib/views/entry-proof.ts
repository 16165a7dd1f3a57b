import { KeptCalculation } from '@/lib/contracts/calculation';
import type { EntryProof } from '@/lib/contracts/entry-proof';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import {
  findAnswers,
  findProof,
  findTouchedGrants,
  type ProofRow,
  type ShortRow,
  type TouchedGrant,
} from '@/lib/db/ledger/entry-proof';
import { AppError } from '@/lib/domain/app-error';
import { recompute } from '@/lib/domain/calculation';
import { type Credits, credits } from '@/lib/domain/credits';
import { stepsOf } from '@/lib/domain/formula-of';
import { priceBook } from '@/price-books/price-book';

/** Why a line of the account's ledger stands there; null where there is no such line. */
export const findEntryProof = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { seq: asked }: { seq: string },
): Promise<EntryProof | null> =>
  inSnapshot(db, async (snapshot) => {
    const seq = BigInt(asked);
    const row = await findProof(snapshot, { accountId, seq });
    if (!row) return null;
    const grants = await findTouchedGrants(snapshot, { accountId, seq });
    const others = await findAnswers(snapshot, { accountId, seq, ofSeq: row.ofSeq });
    return toProof(row, grants, others);
  });

/** The same, where there is no other way than that there is such a line. */
export async function readEntryProof(ctx: AccountCtx, query: { seq: string }): Promise<EntryProof> {
  const proof = await findEntryProof(ctx, query);
  if (!proof) throw new AppError('not_found', 'There is no such line in this account.', { param: 'seq' });
  return proof;
}

function toProof(row: ProofRow, grants: readonly TouchedGrant[], others: readonly ShortRow[]): EntryProof {
  const balanceBefore = credits(row.balanceAfter - row.delta);
  const answers = others.find(({ seq }) => seq === row.ofSeq);
  return {
    ...toShort(row),
    service: row.service,
    apiKeyName: row.apiKeyName,
    balanceBefore,
    balanceAfter: row.balanceAfter,
    arithmetic: arithmeticOf(row.calculation),
    ...keptOf(row.metadata),
    hold: holdOf(row),
    operation: operationOf(row),
    grants: grants.map(({ seq, ...grant }) => ({ ...grant, seq: seq.toString() })),
    opened: row.openedAmount === null ? null : { amount: row.openedAmount, expiresAt: row.openedExpiresAt },
    debt: debtOf(balanceBefore, row.balanceAfter),
    purchase: purchaseOf(row),
    answers: answers ? toShort(answers) : null,
    answeredBy: others.filter(({ seq }) => seq !== row.ofSeq).map(toShort),
  };
}

const toShort = ({ seq, kind, delta, reference, createdAt }: ShortRow) => ({
  seq: seq.toString(),
  kind,
  delta,
  reference,
  createdAt,
});

function arithmeticOf(kept: unknown): EntryProof['arithmetic'] {
  const { success, data } = KeptCalculation.safeParse(kept);
  if (!success) return null;
  const { formula, priceBook: book } = data;
  return {
    formula,
    priceBook: book,
    steps: stepsOf(data, priceBook().credit),
    amount: recompute(data),
  };
}

/** What a request of the API, or staff, left beside the line; other programs may have left anything. */
function keptOf(metadata: ProofRow['metadata']): Pick<EntryProof, 'requestId' | 'given' | 'reason'> {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const given = Object.entries(metadata?.['given'] ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return {
    requestId: text(metadata?.['request_id']),
    given: Object.fromEntries(given),
    reason: text(metadata?.['reason']),
  };
}

const holdOf = ({ holdAmount, holdState, holdCreatedAt, holdExpiresAt }: ProofRow): EntryProof['hold'] =>
  holdAmount === null || holdState === null || holdCreatedAt === null || holdExpiresAt === null
    ? null
    : { amount: holdAmount, state: holdState, createdAt: holdCreatedAt, expiresAt: holdExpiresAt };

const operationOf = (row: ProofRow): EntryProof['operation'] =>
  row.operationState === null || row.operationCreatedAt === null
    ? null
    : {
        state: row.operationState,
        createdAt: row.operationCreatedAt,
        finishedAt: row.operationFinishedAt,
      };

/** How much of what moved lies below zero: left as a debt when taken, repaid of one when given. */
function debtOf(before: Credits, after: Credits): Credits {
  const below = (balance: Credits) => (balance < 0n ? -balance : 0n);
  const moved = below(after) - below(before);
  return credits(moved < 0n ? -moved : moved);
}

const purchaseOf = (row: ProofRow): EntryProof['purchase'] =>
  row.origin === null || row.priceCents === null || row.currency === null || row.priceBookVersion === null
    ? null
    : {
        origin: row.origin,
        priceCents: row.priceCents,
        currency: row.currency,
        priceBookVersion: row.priceBookVersion,
        packageId: row.packageId,
        stripePaymentId: row.stripePaymentId,
        stripeInvoiceId: row.stripeInvoiceId,
      };
