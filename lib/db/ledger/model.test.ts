import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';

import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { ModelAccount } from '@/test/database/ledger-model';
import { askLedger, askModel, nextStep, type Player } from '@/test/database/ledger-steps';
import { World } from '@/test/database/ledger-world';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { openAccount } from '../ledger';
import { auditLedger } from './audit';

const SEEDS = Number(process.env['COFFER_SEEDS'] ?? '300');
const FIRST_SEED = Number(process.env['COFFER_FIRST_SEED'] ?? '1');
const STEPS = 120;
const STEPS_BETWEEN_LOOKS = 40;
const STEPS_SHOWN = 40;
// While one waits for PostgreSQL, another reckons.
const WORLDS_AT_ONCE = 4;

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(0));
});

/** All that an account's rows say, a line each, in one question. */
async function linesOf(db: Queryable, accountId: AccountId): Promise<object | undefined> {
  const [lines] = await db.query<object>(
    sql`
      SELECT balance, held, credit_floor AS floor,
             ARRAY(SELECT concat_ws(' ', seq, kind, delta, balance_after, coalesce(of_seq, 0), reference)
                     FROM entries e WHERE e.account_id = b.account_id ORDER BY seq) AS entries,
             ARRAY(SELECT concat_ws(' ', grant_id, amount, CASE WHEN grant_id = b.head_grant THEN b.head_left ELSE remaining END)
                     FROM grants g WHERE g.account_id = b.account_id ORDER BY grant_id) AS grants,
             ARRAY(SELECT concat_ws(' ', reference, amount, state, coalesce(settled, -1))
                     FROM holds h WHERE h.account_id = b.account_id ORDER BY reference COLLATE "C") AS holds,
             ARRAY(SELECT concat_ws(' ', reference, state, coalesce(amount, -1), coalesce(entry_seq, 0), overdrawn, coalesce(milliseconds, -1))
                     FROM operations o WHERE o.account_id = b.account_id ORDER BY reference COLLATE "C") AS operations,
             ARRAY(SELECT key FROM outbox x WHERE x.account_id = b.account_id ORDER BY key COLLATE "C") AS announced
        FROM balances b WHERE b.account_id = ${accountId}`,
    'model.lines',
  );
  return lines;
}

const wordsOf = (model: ModelAccount) => ({
  balance: model.balance,
  held: model.held(),
  floor: model.floor,
  entries: model.entries.map(({ seq, kind, delta, balanceAfter, of, reference }) =>
    [seq, kind, delta, balanceAfter, of ?? 0, reference].join(' '),
  ),
  grants: model.grants.map(({ id, amount, remaining }) => [id, amount, remaining].join(' ')),
  holds: [...model.holds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reference, { amount, state, settled }]) => [reference, amount, state, settled ?? -1].join(' ')),
  operations: [...model.operations]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reference, { state, amount, seq, overdrawn, session }]) => {
      const closedAt = session?.closedAt ?? null;
      const milliseconds = session && closedAt !== null ? closedAt - session.startedAt : -1;
      return [reference, state, amount ?? -1, seq ?? 0, overdrawn ? 't' : 'f', milliseconds].join(' ');
    }),
  announced: model.announced.toSorted(),
});

async function look(db: Queryable, players: readonly Player[]): Promise<void> {
  for (const { accountId, model } of players) expect(await linesOf(db, accountId)).toEqual(wordsOf(model));
  const accounts = players.map(({ accountId }) => accountId);
  expect(await auditLedger(db, accounts)).toEqual([]);
}

async function play(db: Queryable, seed: number): Promise<void> {
  const world = new World(seed);
  const players: Player[] = [];
  for (let count = 1 + world.random.below(4); count > 0; count--) {
    const accountId = await openAccount(db, { name: `Seed ${seed}`, priceBook: 'dubbing' });
    players.push({ accountId, model: new ModelAccount(), topUps: [], lately: [] });
  }
  try {
    for (let index = 0; index < STEPS; index++) {
      if (world.pass() || index === 0) {
        await db.query(
          sql`SELECT set_config('coffer.now', ${new Date(world.now).toISOString()}, false)`,
          'model.clock',
        );
      }
      const player = world.random.pick(players);
      const step = nextStep(db, world, player);
      expect(await askLedger(step)).toEqual(askModel(player, world.now, step));
      if ((index + 1) % STEPS_BETWEEN_LOOKS === 0) await look(db, players);
    }
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const shown = world.steps.slice(-STEPS_SHOWN).join('\n');
    throw new Error(`Seed ${seed}, step ${world.steps.length}: ${told}\n\n${shown}`, { cause: error });
  }
}

test(
  `${SEEDS} seeds: the ledger says what the rules say, step by step, and its audit is empty`,
  { timeout: 20 * 60_000 },
  async () => {
    let seed = FIRST_SEED;
    // A connection is a process with a time of its own.
    const lane = async () => {
      const client = await ledger.db.pool.connect();
      const db: Queryable = {
        query: async <Row>({ text, values }: { text: string; values: unknown[] }, name?: string) =>
          (await client.query({ text, values, ...(name === undefined ? {} : { name }) })).rows as Row[],
      };
      let count = 0;
      try {
        for (; seed < FIRST_SEED + SEEDS; count++) await play(db, seed++);
        return count;
      } finally {
        // Where one fails, the others stop as well.
        seed = Infinity;
        client.release(true);
      }
    };
    const played = await Promise.all(Array.from({ length: WORLDS_AT_ONCE }, lane));
    expect(played.reduce((sum, count) => sum + count)).toBe(SEEDS);
  },
);
