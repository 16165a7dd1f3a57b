import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import sql, { raw } from 'sql-template-tag';

import { makeApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { type Charge, chargeBatch } from '@/lib/db/ledger/charge';
import { restore } from '@/lib/db/ledger/correction';
import { credits, wholeCredits } from '@/lib/domain/credits';
import { seconds } from '@/lib/domain/duration';
import { type Priced, priceOf } from '@/lib/domain/price-of';
import type { Work } from '@/lib/domain/work';
import { dubbing } from '@/price-books/dubbing';

const DAYS = 60;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PROJECTS = ['Podcast', 'Trailers', 'Course', 'Help center'];
const DAYS_PAID = 10;
const LEFT = wholeCredits(440n);

/** Before the first of the two months. */
export const beginningOf = (now: Date) => new Date(now.getTime() - DAYS * DAY_MS - HOUR_MS);

/** Two months of a studio's work under the dubbing price book, as the ledger would have taken them day by day, and what paid for it. */
export async function liveTwoMonths(
  tx: Tx,
  { accountId, userId, now, at }: { accountId: AccountId; userId: string; now: Date; at: MoveClock },
): Promise<void> {
  const apiKeyId = randomUUID();
  await makeApiKey(tx, {
    id: apiKeyId,
    accountId,
    name: 'Production',
    scopes: ['read', 'meter'],
    createdBy: userId,
    expiresAt: null,
  });
  const days = Array.from({ length: DAYS }, (_, index) =>
    chargesOf(new Date(now.getTime() - (DAYS - index) * DAY_MS), { accountId, apiKeyId }),
  );
  for (const [index, { day, charges }] of days.entries()) {
    if (index % DAYS_PAID === 0) {
      await at(new Date(day.getTime() + HOUR_MS));
      await pay(tx, { accountId, part: index / DAYS_PAID, days: days.slice(index, index + DAYS_PAID) });
    }
    await at(new Date(day.getTime() + 2 * HOUR_MS));
    await chargeBatch(tx, charges);
    // One that failed a while later, and cost nothing in the end.
    const [failed] = charges;
    if (failed === undefined || day.getUTCDay() !== 2) continue;
    await at(new Date(day.getTime() + 3 * HOUR_MS));
    await restore(tx, { accountId, reference: failed.reference });
  }
}

/** For the days that follow, and hardly more: a balance that runs low is what automatic top-up is for. */
async function pay(
  tx: Tx,
  { accountId, part, days }: { accountId: AccountId; part: number; days: readonly { charges: Charge[] }[] },
): Promise<void> {
  const spent = days.flatMap(({ charges }) => charges).reduce((sum, { amount }) => sum + amount, 0n);
  const isLast = (part + 1) * DAYS_PAID >= DAYS;
  await credit(tx, {
    accountId,
    amount: credits(isLast ? spent + LEFT : spent),
    kind: 'bonus',
    reference: `Credits of the former plan, part ${part + 1}`,
  });
}

export type MoveClock = (moment: Date) => Promise<void>;

/** Moves the ledger's clock for as long as `live` runs. Nobody else sees it: it is back before the transaction ends. */
export async function withClock(tx: Tx, live: (at: MoveClock) => Promise<void>): Promise<void> {
  await tx.query(sql`
    CREATE OR REPLACE FUNCTION ledger.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
      $$ SELECT current_setting('coffer.demo_now')::timestamptz $$`);
  await live(async (moment) => {
    await tx.query(sql`SELECT set_config('coffer.demo_now', ${moment.toISOString()}, true)`);
  });
  await tx.query(raw(readFileSync(new URL('functions/now.sql', import.meta.url), 'utf8')));
}

/** More on weekdays than at the end of the week, and never the same twice; the same in every demo. */
function chargesOf(
  day: Date,
  { accountId, apiKeyId }: { accountId: AccountId; apiKeyId: string },
): { day: Date; charges: Charge[] } {
  const date = day.toISOString().slice(0, 10);
  const isWeekend = day.getUTCDay() % 6 === 0;
  const count = isWeekend ? 1 + chance(date, 3) : 5 + chance(date, 8);
  const charges = Array.from({ length: count }, (_, index): Charge => {
    const reference = `job-${date}-${String(index + 1).padStart(2, '0')}`;
    const project = PROJECTS[chance(`${reference} project`, PROJECTS.length)] ?? '';
    const { amount, calculation } = pricedOf(workOf(reference));
    return {
      accountId,
      amount,
      reference,
      hash: createHash('sha256').update(reference).digest(),
      service: calculation.service,
      apiKeyId,
      calculation,
      metadata: { request_id: `req_${reference}`, given: { project } },
    };
  });
  return { day, charges };
}

function workOf(reference: string): Work {
  const isTraining = chance(`${reference} kind`, 12) === 0;
  return isTraining
    ? { service: 'training', quantities: { maxMinutes: BigInt(5 * (1 + chance(reference, 6))) } }
    : { service: 'dubbing', quantities: { milliseconds: seconds(BigInt(20 + chance(reference, 280))) } };
}

function pricedOf(work: Work): Priced {
  const priced = priceOf(dubbing, work);
  if (priced.kind === 'refused') throw new Error(`The demo's work has no price: ${priced.message}`);
  return priced;
}

/** A whole number below `most` that the text alone decides. */
const chance = (text: string, most: number) =>
  createHash('sha256').update(text).digest().readUInt32BE() % most;
