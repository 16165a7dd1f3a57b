import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, clawback, refund, restore } from '@/lib/db/ledger/correction';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { ofAccount } from '@/lib/db/of-account';
import { readStatement } from '@/lib/db/statements';
import { setTimeZone } from '@/lib/db/time-zone';
import { findDays } from '@/lib/db/usage';
import { credits } from '@/lib/domain/credits';
import { monthEnd } from '@/lib/domain/local-date';
import { provenStatement } from '@/lib/domain/statement';
import { textOfPdf } from '@/stripe-sandbox/testing-pdf';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { localTime } from '@/test/database/local-time';
import { Random } from '@/test/database/random';
import { setEnvironment } from '@/test/environment';

import { exportStatement } from './statement';
import { readStatementMonths } from './statement-months';

const HOUR = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe'];
const SERVICES = ['dubbing', 'text_to_speech', 'übersetzung'];

const ledger = await ledgerOfFile();
beforeAll(async () => {
  setEnvironment();
  await stopClock(ledger.urls, new Date('2026-01-31T22:00:00Z'));
});

const setClock = (at: Date) => ledger.asOwner('UPDATE clock SET now = $1', [at]);
const whole = (amount: number) => BigInt(amount) * 1_000_000n;

/** A random life of some months: everything that moves credits, around the edges of months as often as not. */
async function lives(accountId: AccountId, random: Random, from: Date): Promise<Date> {
  let now = from.getTime();
  const charges: string[] = [];
  const purchases: string[] = [];
  const taken: string[] = [];
  const steps: (() => Promise<unknown>)[] = [
    async () => purchases.push(await topUp(ledger, accountId, whole(1 + random.below(500)))),
    () => gift(ledger, accountId, whole(1 + random.below(90)), new Date(now + 40 * 24 * HOUR)),
    async () => {
      const reference = randomUUID();
      const amount = BigInt(1 + random.below(9_000_000));
      const asked = { ...request(accountId, reference, amount), service: random.pick(SERVICES) };
      if ((await charge(ledger.db, asked)).status === 'applied') charges.push(reference);
    },
    () => restore(ledger.db, { accountId, reference: charges.pop() ?? 'none' }),
    () =>
      refund(ledger.db, {
        accountId,
        charge: charges.at(-1) ?? 'none',
        amount: credits(1n),
        reference: randomUUID(),
      }),
    () =>
      adjust(ledger.db, {
        accountId,
        delta: credits(random.below(2) === 0 ? -7n : 11n),
        reference: randomUUID(),
        reason: 'by hand',
      }),
    async () => {
      const topUpId = purchases.pop();
      if (topUpId === undefined) return;
      const reference = randomUUID();
      await clawback(ledger.db, { accountId, amount: credits(1_000_000n), reference, topUpId });
      taken.push(reference);
    },
    () => restore(ledger.db, { accountId, reference: taken.pop() ?? 'none', of: 'clawback' }),
    () => expireAccount(ledger.db, accountId),
  ];
  for (let step = 0; step < 90; step += 1) {
    now += random.pick([0, 1, HOUR, 12 * HOUR, 130 * HOUR]);
    await setClock(new Date(now));
    await (random.below(3) === 0 ? steps[2] : random.pick(steps))?.();
  }
  return new Date(now);
}

/** What a statement should say, from every entry by itself. */
async function oracle(accountId: AccountId, timeZone: string) {
  const rows = await ledger.asOwner<{ delta: string; at: Date }>(
    'SELECT delta, created_at AS at FROM entries WHERE account_id = $1 ORDER BY seq',
    [accountId],
  );
  const months = new Map<string, bigint>();
  for (const { delta, at } of rows) {
    const month = localTime(timeZone, at).date.slice(0, 7);
    months.set(month, (months.get(month) ?? 0n) + BigInt(delta));
  }
  return months;
}

test.each(ZONES.map((zone, seed) => ({ zone, seed })))(
  'the months of a random life in $zone add up, and each begins where the last one ended',
  { timeout: 120_000 },
  async ({ zone, seed }) => {
    const accountId = await ledger.newAccount();
    await setTimeZone(ledger.db, accountId, zone);
    await lives(accountId, new Random(seed + 1), new Date('2026-01-31T22:00:00Z'));
    const changes = await oracle(accountId, zone);
    const { months } = await readStatementMonths({ db: ledger.db, accountId });
    expect(months.length).toBeGreaterThan(2);

    let balance = 0n;
    for (const month of months.toReversed()) {
      const from = `${month}-01`;
      const days = await findDays(ledger.db, { from, to: monthEnd(from), timeZone: zone });
      if (!days?.start || !days.end) throw new Error('no such month');
      const statement = await readStatement(ledger.db, accountId, { start: days.start, end: days.end });
      expect(provenStatement(statement).opening).toBe(balance);
      balance += changes.get(month) ?? 0n;
      expect(statement.closing).toBe(balance);
    }
    const [row] = await ledger.asOwner<{ balance: string }>(
      'SELECT balance FROM balances WHERE account_id = $1',
      [accountId],
    );
    expect(balance).toBe(BigInt(row?.balance ?? -1));
    expect(await ledger.audit()).toEqual([]);
  },
);

describe('on paper', () => {
  async function paperOf(accountId: AccountId, month: string, now: Date) {
    const pieces: Uint8Array[] = [];
    for await (const piece of exportStatement(
      { db: ofAccount(ledger.db, accountId), accountId, now },
      { month },
    ))
      pieces.push(piece);
    return textOfPdf(Buffer.concat(pieces));
  }
  async function anAccount(name: string) {
    const accountId = await ledger.newAccount();
    await ledger.asOwner('UPDATE accounts SET name = $1 WHERE account_id = $2', [name, accountId]);
    await setClock(new Date('2026-03-10T10:00:00Z'));
    await topUp(ledger, accountId, whole(5_000));
    await charge(ledger.db, { ...request(accountId, randomUUID(), 1_250_001n), service: 'dubbing' });
    return accountId;
  }

  test('a month says who, when, what was bought and used, and what is left, to the last decimal', async () => {
    const accountId = await anAccount('Łódź Ποδήλατα Ünlü Ж GmbH');
    await setClock(new Date('2026-04-02T10:00:00Z'));
    const text = await paperOf(accountId, '2026-03', new Date('2026-04-02T10:00:00Z'));
    for (const said of [
      'Statement of March 2026',
      `Łódź Ποδήλατα Ünlü Ж GmbH (${accountId})`,
      'March 2026, all days as in UTC',
      'lines 1 to 2',
      '+5,000.000000',
      '−1.250001',
      '4,998.749999',
      'dubbing',
      'Page 1 of 1',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('so far');
  });

  test('a month that is not over says so, and one without a line has its balance all the same', async () => {
    const accountId = await anAccount('Acme');
    const now = new Date('2026-04-02T10:00:00Z');
    await setClock(now);
    const text = await paperOf(accountId, '2026-04', now);
    expect(text).toContain('so far');
    expect(text).toContain('no line in this month');
    expect(text.match(/4,998\.749999/g)).toHaveLength(2);
  });

  test.each(['2026-02', '2026-05'])('%s has no statement', async (month) => {
    const accountId = await anAccount('Acme');
    await setClock(new Date('2026-04-02T10:00:00Z'));
    await expect(paperOf(accountId, month, new Date())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a hundred services go over many pages', async () => {
    const accountId = await anAccount('Acme');
    for (let nth = 0; nth < 120; nth += 1)
      await charge(ledger.db, {
        ...request(accountId, randomUUID(), 1_000_000n),
        service: `service-number-${nth}-with-a-long-name-that-wraps`,
      });
    const text = await paperOf(accountId, '2026-03', new Date());
    expect(text).toMatch(/Page 1 of [4-9]/);
    expect(text).toContain('service-number-119');
  });
});
