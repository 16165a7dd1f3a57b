import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { claimAutoTopUp, dueAutoTopUps, lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { credits } from '@/lib/domain/credits';
import { decideAutoTopUp } from '@/lib/domain/decide-auto-top-up';
import { dubbing } from '@/price-books/dubbing';

import type { Bench } from './support/bench';
import { median, rounded, say, spread } from './support/report';
import type { Stand } from './support/stand';
import { UnsoundLedger } from './support/unsound-ledger';

const ENABLED = 100_000;
const DUE = 1_000;
const AT_ONCE = 8;

/** One tick over 100,000 rules that are on, of which 1,000 are below their threshold; and the claims for those. */
export const autoTopUpTick: Bench = async (stand, { rounds }) => {
  const rich = await stand.accounts(ENABLED - DUE, 5_000n);
  const poor = await stand.accounts(DUE, 100n);
  await turnOn(stand, [...rich, ...poor]);
  const scans: number[] = [];
  const claims: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [due, scanned] = await timed(() => dueAutoTopUps(stand.db, 10 * DUE));
    if (due.length !== DUE) throw new UnsoundLedger(`${due.length} accounts were found due`);
    const [, claimed] = await timed(() => claimAll(stand, due));
    await undo(stand);
    if (round === 0) continue;
    scans.push(scanned);
    claims.push(claimed);
    say({ side: 'tick', round, scan: rounded(scanned), claim: rounded(claimed) });
  }
  await stand.prove({ before: 0n, applied: 0 });
  return [
    verdict('a look at 100,000 rules that are on', scans, 1_000),
    verdict('decisions and claims for the 1,000 that are due', claims, 5_000),
  ];
};

const verdict = (of: string, took: readonly number[], goal: number) => ({
  ratio: null,
  of,
  value: rounded(median(took)),
  unit: 'ms',
  goal: `<= ${goal}`,
  met: median(took) <= goal,
  ...spread(took),
});

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

/** The rule that the price book presets, agreed to by one person for all. */
async function turnOn({ asOwner }: Stand, accounts: readonly AccountId[]): Promise<void> {
  const { threshold, size, monthlyLimitCents } = dubbing.autoTopUp;
  if (size.mode !== 'target') throw new Error('This bench is for a book that fills up to a target');
  const rule = `(asked.id, 1, true, $2, 'target', $3, NULL, $4, NULL, NULL, NULL, now())`;
  const given = [accounts, threshold.preset, size.target.preset, monthlyLimitCents];
  await asOwner(`INSERT INTO users (email) VALUES ('bench@example.com')`);
  await asOwner(
    `INSERT INTO auto_top_up_consents (account_id, version, after, user_id, text_shown, created_at)
     SELECT asked.id, 1, auto_top_up_terms(${rule}::auto_top_up_rules), u.id, 'As preset.', now()
       FROM unnest($1::bigint[]) AS asked (id), users u WHERE u.email = 'bench@example.com'`,
    given,
  );
  await asOwner(
    `INSERT INTO auto_top_up_rules SELECT (${rule}::auto_top_up_rules).* FROM unnest($1::bigint[]) AS asked (id)`,
    given,
  );
  await asOwner('VACUUM ANALYZE');
}

async function claimAll({ db }: Stand, due: readonly AccountId[]): Promise<void> {
  const waiting = [...due];
  const worker = async () => {
    for (let accountId = waiting.pop(); accountId !== undefined; accountId = waiting.pop())
      await claim(db, accountId);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const claim = (db: Stand['db'], accountId: AccountId) =>
  inTransaction(db, async (tx) => {
    const { isFrozen, ...facts } = await lockAutoTopUpFacts(tx, accountId);
    const rule = await findAutoTopUpRule(tx, accountId);
    if (rule === null) throw new UnsoundLedger(`Account ${accountId} has no rule`);
    const seen = { ...facts, trigger: { kind: 'scheduled' }, card: 'ok', isRestricted: isFrozen } as const;
    const decision = decideAutoTopUp(rule, seen, dubbing, facts.asOf);
    if (decision.kind === 'wait') throw new UnsoundLedger(`Account ${accountId} waits: ${decision.because}`);
    const { kind } = await claimAutoTopUp(tx, {
      accountId,
      id: randomUUID(),
      expected: credits(facts.available + facts.inFlight),
      credits: decision.credits,
      priceCents: decision.priceCents,
      currency: dubbing.currency,
      priceBookVersion: dubbing.version,
      cooldownSeconds: dubbing.autoTopUp.cooldownSeconds,
    });
    if (kind !== 'claimed') throw new UnsoundLedger(`Account ${accountId} was not claimed for`);
  });

/** The next round finds them due again. */
async function undo({ asOwner }: Stand): Promise<void> {
  await asOwner('DELETE FROM top_ups');
  await asOwner('VACUUM top_ups');
}
