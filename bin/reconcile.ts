import { parseArgs } from 'node:util';

import type { Ctx } from '@/lib/db/context';
import { openDatabase, UNHURRIED } from '@/lib/db/database';
import { auditLedger } from '@/lib/db/ledger/audit';
import { numberOf } from '@/lib/domain/number-of';
import { env } from '@/lib/env';
import { recentPurchases } from '@/lib/jobs/reconcile-top-ups';
import { log } from '@/lib/log';
import { reconcileTopUp } from '@/lib/services/reconcile-top-up';
import type { TopUpKey } from '@/lib/services/settle-top-up';

import { loadEnvFile } from './support/env-file';

const A_DAY = 86_400_000;
const { values } = parseArgs({
  options: { repair: { type: 'boolean', default: false }, days: { type: 'string', default: '30' } },
});

/**
 * Holds Stripe, the ledger and its sums against each other. Says what does not agree, and what entry would put it right;
 * enters nothing unless told to. Exit 0: nothing is left to do. Exit 1: something is.
 */
async function main(): Promise<number> {
  loadEnvFile();
  log.level = 'silent';
  const db = openDatabase(env().DATABASE_URL, UNHURRIED);
  try {
    return await report({ db, now: new Date() });
  } finally {
    await db.close();
  }
}

async function report(ctx: Ctx): Promise<number> {
  const days = numberOf(BigInt(values.days));
  const { purchases, nobodys } = await recentPurchases(ctx, new Date(ctx.now.getTime() - days * A_DAY));
  let left = 0;
  for (const key of purchases) left += await compare(ctx, key);
  for (const { id } of nobodys)
    console.log(`paid-not-credited · ${id} · marked for a purchase that is not there`);
  const broken = await auditLedger(ctx.db);
  for (const { invariant, accountId, detail } of broken) {
    console.log(`drift · account ${accountId ?? 'any'} · ${invariant} · ${detail} · no entry mends this`);
  }
  left += nobodys.length + broken.length;
  console.log(
    `${purchases.length} purchases of ${days} days compared: ${left === 0 ? 'all agree.' : `${left} left.`}`,
  );
  return left === 0 ? 0 : 1;
}

/** How much of one purchase is left to do. One that cannot be read is told, and does not keep the others from being compared. */
async function compare(ctx: Ctx, key: TopUpKey): Promise<number> {
  const about = `account ${key.accountId} · top-up ${key.id}`;
  try {
    const found = await reconcileTopUp(ctx, key, values.repair ? 'all' : 'none');
    for (const { class: what, entry, isRepaired } of found) {
      const done = isRepaired ? 'repaired' : values.repair ? 'could not be repaired' : 'would be repaired';
      console.log(`${what} · ${about} · entry of ${entry} · ${done}`);
    }
    return found.filter(({ isRepaired }) => !isRepaired).length;
  } catch (error) {
    console.log(`not compared · ${about} · ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = await main();
