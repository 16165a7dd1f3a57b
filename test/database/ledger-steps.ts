import { createHash } from 'node:crypto';

import sql from 'sql-template-tag';

import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { resetAllowance } from '@/lib/db/ledger/allowance';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, clawback, refund, restore, setCreditFloor } from '@/lib/db/ledger/correction';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { hold, release, settle } from '@/lib/db/ledger/hold';
import { failOperation, finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { closeSession, heartbeatSession, type SessionOutcome, startSession } from '@/lib/db/ledger/session';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { type Credits, credits } from '@/lib/domain/credits';

import { type ModelAccount, type ModelOutcome, type ModelSession, NEVER, OutOfRange } from './ledger-model';
import { likely, type Verb, type World } from './ledger-world';
import type { Random } from './random';

const HOUR = 3_600_000;
/** When the accounts of allowances were opened: on a day that not every month has. */
const OPENED = new Date('2025-12-31T12:00:00Z');

type Told = ModelOutcome | ModelSession | { done: boolean };
export type Player = { accountId: AccountId; model: ModelAccount; topUps: string[]; lately: Asked[] };
type Turn = Player & {
  db: Queryable;
  world: World;
  random: Random;
  amount: Credits;
  reference: string;
  hash: string;
};
/** One step: what is asked of both, and how either is asked. */
type Step = { asked: object; ofModel: (now: number) => Told; ofLedger: () => Promise<Told> };
type Asked = Step & { told: string };

const bytes = (hash: string) => createHash('sha256').update(hash).digest();
const inModelWords = ({ status, available, session }: SessionOutcome<string>): ModelSession => ({
  status,
  available,
  session: session && {
    state: session.state,
    isOpen: session.isOpen,
    milliseconds: session.milliseconds,
    closedBy: session.closedBy,
    amount: session.amount,
  },
});
const dateOf = (instant: number) => (instant === NEVER ? null : new Date(instant));

const verbs: Record<Verb, (turn: Turn) => Step> = {
  credit({ db, world, random, accountId, model, topUps, amount, reference }) {
    const kind = random.pick(['bonus', 'allowance', 'topup'] as const);
    const again = random.below(6) === 0 ? topUps.at(random.below(topUps.length || 1)) : undefined;
    const named = kind === 'topup' ? (again ?? crypto.randomUUID()) : reference;
    const asked = {
      kind,
      amount,
      reference: named,
      expiresAt: world.expiry(),
      priority: random.below(3),
    };
    return {
      asked,
      ofModel: (now) => model.credit(now, asked),
      async ofLedger() {
        const [said] = await db.query<ModelOutcome>(
          sql`
            SELECT status, seq, balance, available FROM ledger.credit(
              ${accountId}, ${amount}, ${kind}::entry_kind, ${named}, ${dateOf(asked.expiresAt)}, ${asked.priority})`,
          'model.credit',
        );
        if (kind === 'topup' && !topUps.includes(named)) {
          topUps.push(named);
          await db.query(
            sql`
              INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at)
              VALUES (${accountId}, ${named}, 'manual', 'credited', 'p', '1', ${amount}, 1, 'usd', now())`,
            'model.top_up',
          );
        }
        return said ?? { done: false };
      },
    };
  },
  allowance({ db, world, random, accountId, model, amount }) {
    // Of the present month, or of one that is over or to come.
    const month = random.pick([0, 0, 0, -31, 31]) * 24 * HOUR;
    const period = allowancePeriodOf(OPENED, new Date(world.now + month));
    const [startsAt, endsAt] = [period.startsAt.getTime(), period.endsAt.getTime()];
    const asked = { amount, startsAt, endsAt };
    return {
      asked,
      ofModel: (now) => model.resetAllowance(now, asked),
      ofLedger: () => resetAllowance(db, { accountId, amount, period }),
    };
  },
  charge({ db, world, random, accountId, model, amount, reference, hash }) {
    const all = model.available(world.now) - model.floor;
    const asked = {
      reference,
      amount: credits(all > 0n && all < 2n ** 63n && random.below(4) === 0 ? all : amount),
      // As for real, a charge is never the same request as an operation of the same name.
      hash: `charge ${hash}`,
    };
    return {
      asked,
      ofModel: (now) => model.charge(now, asked),
      ofLedger: () => charge(db, { ...asked, accountId, hash: bytes(asked.hash) }),
    };
  },
  adjust({ db, random, accountId, model, amount, reference }) {
    const asked = { reference, delta: credits(random.below(2) === 0 ? amount : -amount) };
    return {
      asked,
      ofModel: (now) => model.adjust(now, asked),
      ofLedger: () => adjust(db, { ...asked, accountId, reason: 'model' }),
    };
  },
  clawback({ db, random, accountId, model, topUps, amount, reference }) {
    const topUp = topUps.length > 0 ? random.pick(topUps) : crypto.randomUUID();
    const asked = { reference, amount, topUp };
    return {
      asked,
      ofModel: (now) => model.clawback(now, asked),
      ofLedger: () => clawback(db, { ...asked, accountId, topUpId: topUp }),
    };
  },
  restore({ db, random, accountId, model, reference }) {
    const asked = { reference, of: random.pick(['consume', 'consume', 'clawback'] as const) };
    return {
      asked,
      ofModel: (now) => model.restore(now, asked),
      ofLedger: () => restore(db, { ...asked, accountId }),
    };
  },
  refund({ db, world, accountId, model, amount, reference }) {
    const asked = { reference, amount, charge: world.reference(likely.refunded?.(model)) };
    return {
      asked,
      ofModel: (now) => model.refund(now, asked),
      ofLedger: () => refund(db, { ...asked, accountId }),
    };
  },
  hold({ db, random, accountId, model, amount, reference, hash }) {
    const asked = { reference, amount, hash, seconds: 1 + random.below(86_400) };
    return {
      asked,
      ofModel: (now) => model.hold(now, asked),
      ofLedger: () => hold(db, { ...asked, accountId, hash: bytes(hash) }),
    };
  },
  settle({ db, random, accountId, model, amount, reference }) {
    const held = credits(model.holds.get(reference)?.amount ?? amount);
    const asked = {
      reference,
      amount: random.pick([credits(0n), held, held, amount, credits(held / 2n)]),
    };
    return {
      asked,
      ofModel: (now) => model.settle(now, asked),
      ofLedger: () => settle(db, { ...asked, accountId }),
    };
  },
  release({ db, accountId, model, reference }) {
    const asked = { reference };
    return {
      asked,
      ofModel: (now) => model.release(now, asked),
      ofLedger: () => release(db, { ...asked, accountId }),
    };
  },
  start({ db, random, accountId, model, amount, reference, hash }) {
    const by = random.pick(['charge', 'charge', 'hold', 'gate', 'gate'] as const);
    const asked = { reference, hash, by, amount, seconds: 3600 };
    return {
      asked,
      ofModel: (now) => model.start(now, asked),
      ofLedger: () => startOperation(db, { accountId, reference, hash: bytes(hash), start: asked }),
    };
  },
  finish({ db, random, accountId, model, amount, reference }) {
    const known = credits(
      model.operations.get(reference)?.amount ?? model.holds.get(reference)?.amount ?? amount,
    );
    const asked = {
      reference,
      amount: random.pick([credits(0n), known, known, known, amount, amount]),
      shortfall: random.pick(['pending_payment', 'pending_payment', 'negative'] as const),
    };
    return {
      asked,
      ofModel: (now) => model.finish(now, asked),
      ofLedger: () => finishOperation(db, { ...asked, accountId }),
    };
  },
  fail({ db, random, accountId, model, reference }) {
    const asked = { reference, back: random.pick(['restore', 'refund'] as const) };
    return {
      asked,
      ofModel: (now) => model.fail(now, asked),
      ofLedger: () => failOperation(db, { ...asked, accountId }),
    };
  },
  open({ db, random, accountId, model, reference, hash }) {
    const asked = { reference, hash, milliseconds: 1 + random.below(4 * HOUR) };
    const closesAfterMilliseconds = BigInt(asked.milliseconds);
    return {
      asked,
      ofModel: (now) => model.open(now, asked),
      ofLedger: async () =>
        inModelWords(
          await startSession(db, { accountId, reference, hash: bytes(hash), closesAfterMilliseconds }),
        ),
    };
  },
  heartbeat({ db, accountId, model, reference }) {
    const asked = { reference };
    return {
      asked,
      ofModel: (now) => model.heartbeat(now, asked),
      ofLedger: async () => inModelWords(await heartbeatSession(db, { ...asked, accountId })),
    };
  },
  close({ db, random, accountId, model, reference }) {
    const asked = { reference, by: random.pick(['terminated', 'auto_closed'] as const) };
    return {
      asked,
      ofModel: (now) => model.close(now, asked),
      ofLedger: async () => inModelWords(await closeSession(db, { ...asked, accountId })),
    };
  },
  expire({ db, accountId, model }) {
    return {
      asked: {},
      ofModel(now) {
        model.expire(now);
        return { done: true };
      },
      async ofLedger() {
        await expireAccount(db, accountId);
        return { done: true };
      },
    };
  },
  floor({ db, random, accountId, model, amount }) {
    const asked = { floor: credits(random.below(2) === 0 ? 0n : -amount) };
    return {
      asked,
      ofModel: (now) => ({ done: model.setFloor(now, asked.floor) }),
      ofLedger: async () => ({ done: await setCreditFloor(db, { ...asked, accountId }) }),
    };
  },
};

export const OUT_OF_RANGE = { refused: 'out of range' };

/** What the model says; where a sum leaves a bigint it must have said nothing and changed nothing. */
export function askModel({ model }: Player, now: number, step: Step): Told | typeof OUT_OF_RANGE {
  const back = model.remember();
  try {
    return step.ofModel(now);
  } catch (error) {
    if (!(error instanceof OutOfRange)) throw error;
    back();
    return OUT_OF_RANGE;
  }
}

export async function askLedger(step: Step): Promise<Told | typeof OUT_OF_RANGE> {
  try {
    return await step.ofLedger();
  } catch (error) {
    if ((error as { code?: string }).code !== '22003') throw error;
    return OUT_OF_RANGE;
  }
}

function newStep(db: Queryable, world: World, player: Player): Asked {
  const { random } = world;
  const wanted = world.verb();
  const idle = likely[wanted]?.(player.model).length === 0 && random.below(8) > 0;
  const verb = idle ? random.pick(['start', 'hold', 'charge', 'credit'] as const) : wanted;
  const step = verbs[verb]({
    ...player,
    db,
    world,
    random,
    amount: credits(world.amount(player.model)),
    reference: world.reference(likely[verb]?.(player.model)),
    hash: world.hash(),
  });
  const told = JSON.stringify(step.asked, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  return { ...step, told: `account ${player.accountId} ${verb} ${told}` };
}

/** Now and then, what was asked a moment ago is asked again. */
export function nextStep(db: Queryable, world: World, player: Player): Step {
  const repeated = player.lately.length > 0 && world.random.below(10) === 0;
  const step = repeated ? world.random.pick(player.lately) : newStep(db, world, player);
  world.steps.push(`${new Date(world.now).toISOString()} ${repeated ? 'again ' : ''}${step.told}`);
  player.lately = [step, ...player.lately].slice(0, 5);
  return step;
}
