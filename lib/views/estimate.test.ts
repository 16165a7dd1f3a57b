import { beforeAll, describe, expect, test } from 'vitest';

import type { AccountCtx } from '@/lib/db/context';
import { wholeCredits } from '@/lib/domain/credits';
import { gift } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { readEstimate } from './estimate';
import { estimateCsv } from './estimate-csv';

setEnvironment();
const ledger = await ledgerOfFile();
let ctx: AccountCtx;
beforeAll(async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, wholeCredits(100n));
  ctx = { db: ledger.db, now: new Date(), accountId };
});

const ofCsv = (csv: string) => estimateCsv(ctx, { csv });
const mistakesOf = async (csv: string) => {
  const estimate = await ofCsv(csv);
  return estimate.kind === 'mistakes'
    ? estimate.mistakes.map(({ line, message }) => `${line}: ${message}`)
    : [];
};

test('one job is answered with its arithmetic, its total, what is available and what is missing', async () => {
  const record = { service: 'dubbing', seconds: '1200' };
  expect(await readEstimate(ctx, [{ line: 1, record }])).toEqual({
    kind: 'estimated',
    lines: [
      {
        line: 1,
        service: 'dubbing',
        amount: wholeCredits(200n),
        formula: '1,200 s × 10 credits ÷ 60 s = 200 credits',
      },
    ],
    amount: wholeCredits(200n),
    worth: 200n,
    available: wholeCredits(100n),
    sufficient: false,
    shortfall: wholeCredits(100n),
    currency: 'usd',
  });
});

describe('a CSV', () => {
  test('of several jobs comes to their sum, as a spreadsheet writes it', async () => {
    expect(
      await ofCsv(
        '\uFEFFService,Seconds,max_minutes\r\ndubbing,180,\r\n\r\n"training", ,"3"\r\ndubbing,0.4,\r\n',
      ),
    ).toMatchObject({
      kind: 'estimated',
      amount: wholeCredits(70n),
      sufficient: true,
      lines: [
        { line: 2, amount: wholeCredits(30n) },
        { line: 4, amount: wholeCredits(30n) },
        { line: 5, amount: wholeCredits(10n) },
      ],
    });
  });

  test('with mistakes says all of them, each by its line in the file', async () => {
    expect(
      await mistakesOf('service,seconds\ndubbing,ninety\nsubtitling,5\ndubbing\n\ndubbing,\ndubbing,60'),
    ).toEqual([
      '2: seconds must be a number with at most three decimals, such as 90 or 12.5.',
      '3: No such service. Known: dubbing, training.',
      '4: has 1 cells where the first line has 2.',
      '6: seconds is needed.',
    ]);
  });

  test.each([
    { csv: '', says: ['1: The file is empty. Its first line names the columns.'] },
    { csv: 'service,seconds\n', says: ['1: There is no line of work below the columns.'] },
    {
      csv: 'service,minutes\ndubbing,3',
      says: [
        '1: “minutes” is no column. Known: service, seconds, characters, max_minutes, input_tokens, output_tokens, model, features.',
      ],
    },
    { csv: 'service,service\na,b', says: ['1: A column is there twice.'] },
    {
      csv: `service,seconds\n${'dubbing,60\n'.repeat(1_001)}`,
      says: ['1: At most 1000 lines are estimated at once.'],
    },
  ])('that cannot be read at all says why: $says', async ({ csv, says }) => {
    expect(await mistakesOf(csv)).toEqual(says);
  });

  test('with torn quotation marks is refused by line', async () => {
    const [first] = await mistakesOf('service,seconds\ndub"bing,60\ndubbing,60');
    expect(first).toBe('2: has quotation marks that do not belong together.');
  });
});
