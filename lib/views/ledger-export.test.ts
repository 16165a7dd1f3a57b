import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { LedgerExportQuery } from '@/lib/contracts/ledger-export';
import { UsageQuery } from '@/lib/contracts/usage';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { refund } from '@/lib/db/ledger/correction';
import { rollUp } from '@/lib/db/ledger/roll-up';
import { credits } from '@/lib/domain/credits';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import { exportLedger } from './ledger-export';
import { readUsage } from './usage';

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date('2026-11-22T10:30:00Z'));
});

const ALWAYS = { from: '2020-01-01', to: '2099-12-31' };
const open = (accountId: AccountId, query: object = {}) =>
  exportLedger({ db: ledger.db, accountId }, LedgerExportQuery.parse({ ...ALWAYS, ...query }));

async function exported(accountId: AccountId, query: object = {}): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of open(accountId, query)) pieces.push(piece);
  return pieces.join('');
}

/** Records of a CSV as RFC 4180 has them, whoever wrote it. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '') break;
    if (end !== ',') records.push([]);
  }
  return records.slice(0, -1);
}

const unitsOf = (decimal: string) => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(`${whole}${fraction.padEnd(6, '0')}`);
};

type Asked = { service?: string; amount?: bigint; milliseconds?: number };
const chargeOne = (
  accountId: AccountId,
  reference: string,
  { service, amount = 1n, milliseconds }: Asked = {},
) =>
  charge(ledger.db, {
    accountId,
    reference,
    amount: credits(amount),
    hash: Buffer.alloc(0),
    service: service ?? null,
    calculation: milliseconds === undefined ? null : { inputs: { milliseconds: `${milliseconds}` } },
  });

async function busyAccount(entries: number): Promise<AccountId> {
  const random = new Random(entries);
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 10n ** 13n);
  for (let step = 0; step < entries; step += 1) {
    const reference = `job ${step}`;
    const service = random.pick(['dubbing', 'music']);
    await chargeOne(accountId, reference, { service, amount: BigInt(1 + random.below(9_000_000)) });
    if (random.below(9) === 0) {
      await refund(ledger.db, {
        accountId,
        charge: reference,
        amount: credits(1n),
        reference: `back ${step}`,
      });
    }
  }
  return accountId;
}

describe('a CSV of the ledger', () => {
  test('says every entry as it is, in order, with a total and a checksum', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 5_000_000n);
    await chargeOne(accountId, 'job "1", cut', {
      service: 'dubbing',
      amount: 1_500_000n,
      milliseconds: 90_500,
    });
    await refund(ledger.db, { accountId, charge: 'job "1", cut', amount: credits(250_000n), reference: 'r' });
    const text = await exported(accountId);
    const [head, ...records] = recordsOf(text);
    expect(head?.join()).toBe(
      'number,time,local_time,kind,service,api_key,reference,answers,credits,balance_after,duration_seconds',
    );
    const cells = records.map((record) => record.filter((_, column) => column !== 1 && column !== 2));
    expect(cells.slice(1)).toEqual([
      ['2', 'consume', 'dubbing', '', 'job "1", cut', '', '-1.5', '3.5', '90.5'],
      ['3', 'refund', 'dubbing', '', 'r', '2', '0.25', '3.75', ''],
      ['total', '3 entries', '', '', '', '', '3.75', '3.75', ''],
      ['sha256', '', '', '', expect.stringMatching(/^[0-9a-f]{64}$/), '', '', '', ''],
    ]);
    const body = text.slice(0, text.lastIndexOf('sha256'));
    expect(cells.at(-1)?.[4]).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test('no cell is taken for a formula, and no text is lost', async () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '"', ',', '\n', '');
    const text = fc
      .tuple(start, fc.string({ unit: 'grapheme', maxLength: 20 }))
      .map((parts) => parts.join(''))
      .filter((said) => !said.includes('\0') && said.length > 0 && said.length <= 60);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 8 }), async (texts) => {
        const accountId = await ledger.newAccount();
        await gift(ledger, accountId, 1_000n);
        for (const said of texts) await chargeOne(accountId, said, { service: said });
        const records = recordsOf(await exported(accountId, { kinds: 'consume' })).slice(1, -2);
        expect(records.map(([, , , , service, , reference]) => [service, reference])).toEqual(
          texts.map((said) => {
            const safe = /^[=+\-@\t\r＝＋－＠]/.test(said) ? `'${said}` : said;
            return [safe, safe];
          }),
        );
        for (const cell of records.flat()) {
          expect(/^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('its total is the ledger’s and what usage says, and its balances run on from line to line', async () => {
    const accountId = await busyAccount(150);
    await rollUp(ledger.db, [accountId], 70);
    const records = recordsOf(await exported(accountId)).slice(1, -1);
    const total = records.pop();
    let balance = 0n;
    for (const record of records) {
      balance += unitsOf(record[8] ?? '');
      expect(unitsOf(record[9] ?? '')).toBe(balance);
    }
    const [row] = await ledger.asOwner<{ balance: string; seq: string }>(
      'SELECT balance, seq FROM balances WHERE account_id = $1',
      [accountId],
    );
    expect([unitsOf(total?.[8] ?? ''), total?.[3]]).toEqual([
      BigInt(row?.balance ?? 0),
      `${row?.seq} entries`,
    ]);
    expect(unitsOf(total?.[9] ?? '')).toBe(balance);

    for (const services of ['dubbing', 'music', 'dubbing,music']) {
      const query = { kinds: 'consume,refund,restore', services };
      const ofWork = recordsOf(await exported(accountId, query)).at(-2);
      const usage = await readUsage(
        { db: ledger.db, accountId },
        UsageQuery.parse({ from: '2026-11-22', to: '2026-11-22', services }),
      );
      expect(unitsOf(ofWork?.[8] ?? '')).toBe(-usage.totals.spent);
    }
  });

  test('days are those of the zone that was asked for', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1n);
    const [, entry] = recordsOf(await exported(accountId, { timeZone: 'Pacific/Kiritimati' }));
    expect(entry?.slice(0, 3)).toEqual(['1', '2026-11-22T10:30:00.000Z', '2026-11-23 00:30:00']);
    const entriesOf = async (day: string, timeZone: string) =>
      recordsOf(await exported(accountId, { from: day, to: day, timeZone })).length - 3;
    expect(await entriesOf('2026-11-22', 'UTC')).toBe(1);
    expect(await entriesOf('2026-11-22', 'Pacific/Kiritimati')).toBe(0);
    expect(await entriesOf('2026-11-23', 'Pacific/Kiritimati')).toBe(1);
    expect(await entriesOf('2026-11-21', 'Pacific/Niue')).toBe(1);
  });
});

test('lines of JSON say the same as the CSV', async () => {
  const accountId = await busyAccount(40);
  const text = await exported(accountId, { format: 'json' });
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string | number>);
  const checksum = lines.pop();
  const total = lines.pop();
  const records = recordsOf(await exported(accountId)).slice(1, -1);
  expect(lines.map(({ number, credits, reference }) => [number, credits, reference])).toEqual(
    records.slice(0, -1).map((record) => [record[0], record[8], record[6]]),
  );
  expect([total?.['total'], `${total?.['entries']} entries`]).toEqual([
    records.at(-1)?.[8],
    records.at(-1)?.[3],
  ]);
  const body = text.slice(0, text.trimEnd().lastIndexOf('\n') + 1);
  expect(checksum).toEqual({ sha256: createHash('sha256').update(body).digest('hex') });
});

test('what is charged while it is written out is not in it', async () => {
  const accountId = await busyAccount(1_200);
  const pieces: string[] = [];
  for await (const piece of open(accountId)) {
    pieces.push(piece);
    await chargeOne(accountId, `meanwhile ${pieces.length}`);
  }
  const records = recordsOf(pieces.join(''));
  expect(pieces.length).toBeGreaterThan(4);
  expect(records.flat().filter((cell) => cell.startsWith('meanwhile'))).toEqual([]);
});

test('whoever stops taking it gives its connection back', async () => {
  const accountId = await busyAccount(2);
  for (let turn = 0; turn < 15; turn += 1) {
    for await (const piece of open(accountId)) if (piece.startsWith('number')) break;
  }
  expect(ledger.db.pool.idleCount).toBe(ledger.db.pool.totalCount);
});

test('another account’s entries are not in it', async () => {
  await busyAccount(2);
  const records = recordsOf(await exported(await ledger.newAccount()));
  expect(records.slice(1, -1)).toEqual([['total', '', '', '0 entries', '', '', '', '', '0', '', '']]);
});
