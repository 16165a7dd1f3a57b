import type { EntryKind } from '@/lib/domain/entry';

type ModelGrant = { id: bigint; amount: bigint; remaining: bigint; expiresAt: number; priority: number };
type ModelHold = {
  amount: bigint;
  state: 'open' | 'settled' | 'released' | 'expired';
  settled: bigint | null;
  hash: string;
  createdAt: number;
  expiresAt: number;
};
type ModelOperation = {
  reference: string;
  state: 'running' | 'settled' | 'pending_payment' | 'failed' | 'purged';
  amount: bigint | null;
  seq: bigint | null;
  hash: string;
  finishedAt: number;
  purgeAt: number;
  overdrawn: boolean;
  session: { startedAt: number; closesAt: number; closedAt: number | null } | null;
};
type ModelEntry = {
  seq: bigint;
  kind: EntryKind;
  delta: bigint;
  balanceAfter: bigint;
  reference: string;
  hash: string | null;
  of: bigint | null;
  /** Which grants it was taken from, in the order of taking. */
  drawn: Map<bigint, bigint>;
};
export type ModelOutcome = { status: string; seq: bigint | null; balance: bigint; available: bigint };
/** What is told of a session; of one that is not there, the status and what is available. */
export type ModelSession = {
  status: string;
  available: bigint;
  session: {
    state: ModelOperation['state'];
    isOpen: boolean;
    milliseconds: bigint;
    closedBy: 'terminated' | 'auto_closed' | null;
    amount: bigint | null;
  } | null;
};
type Movement = Pick<ModelEntry, 'kind' | 'reference'> & { hash?: string; of?: bigint };

const DAY = 86_400_000;
export const NEVER = Infinity;
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const most = (a: bigint, b: bigint) => (a > b ? a : b);
const total = (amounts: Iterable<bigint>) => [...amounts].reduce((sum, amount) => sum + amount, 0n);

/** What PostgreSQL says of a sum that leaves a bigint. */
export class OutOfRange extends Error {}
const inRange = (sum: bigint) => {
  if (BigInt.asIntN(64, sum) !== sum) throw new OutOfRange(`${sum}`);
  return sum;
};

/** One account as the rules say it should be: plain lists and loops, slow and without a register, a lock or SQL. */
export class ModelAccount {
  balance = 0n;
  floor = 0n;
  entries: ModelEntry[] = [];
  grants: ModelGrant[] = [];
  holds = new Map<string, ModelHold>();
  operations = new Map<string, ModelOperation>();
  announced: string[] = [];

  /** Remembers all of it, and gives the way back. */
  remember(): () => void {
    const { balance, floor, entries, grants, holds, operations, announced } = this;
    const before = structuredClone({ balance, floor, entries, grants, holds, operations, announced });
    return () => void Object.assign(this, before);
  }

  credit(
    now: number,
    asked: { amount: bigint; kind: EntryKind; reference: string; expiresAt: number; priority: number },
  ): ModelOutcome {
    const before = this.#entry(asked.kind, asked.reference);
    if (before)
      return this.#outcome(now, before.delta === asked.amount ? 'replayed' : 'conflict', before.seq);
    this.#sweep(now);
    const seq = this.#give(now, asked.amount, asked, asked);
    this.#payPending(now);
    return this.#outcome(now, 'applied', seq);
  }

  resetAllowance(now: number, asked: { amount: bigint; startsAt: number; endsAt: number }): ModelOutcome {
    const reference = `allowance:${new Date(asked.startsAt).toISOString().slice(0, 10)}`;
    const before = this.#entry('allowance', reference);
    if (before) return this.#outcome(now, 'replayed', before.seq);
    if (now < asked.startsAt || now >= asked.endsAt) return this.#outcome(now, 'not_now');
    this.#sweep(now);
    const lives = { expiresAt: asked.endsAt, priority: -1 };
    const seq = this.#give(now, asked.amount, { kind: 'allowance', reference }, lives);
    this.#payPending(now);
    return this.#outcome(now, 'applied', seq);
  }

  charge(
    now: number,
    { amount, reference, hash }: { amount: bigint; reference: string; hash: string },
  ): ModelOutcome {
    const before = this.#entry('consume', reference);
    if (before) {
      return this.#outcome(now, before.hash === hash ? 'replayed' : 'conflict', before.seq);
    }
    if (!this.#affords(now, amount)) return this.#outcome(now, 'insufficient');
    this.#sweep(now);
    return this.#outcome(now, 'applied', this.#take(now, amount, { kind: 'consume', reference, hash }));
  }

  adjust(now: number, { delta, reference }: { delta: bigint; reference: string }): ModelOutcome {
    const before = this.#entry('adjustment', reference);
    if (before) return this.#outcome(now, before.delta === delta ? 'replayed' : 'conflict', before.seq);
    this.#sweep(now);
    if (delta < 0n)
      return this.#outcome(now, 'applied', this.#take(now, -delta, { kind: 'adjustment', reference }));
    const lives = { expiresAt: NEVER, priority: 0 };
    const seq = this.#give(now, delta, { kind: 'adjustment', reference }, lives);
    this.#payPending(now);
    return this.#outcome(now, 'applied', seq);
  }

  clawback(now: number, asked: { amount: bigint; reference: string; topUp: string }): ModelOutcome {
    const bought = this.#entry('topup', asked.topUp);
    if (!bought) return this.#outcome(now, 'no_entry');
    const before = this.#entry('clawback', asked.reference);
    if (before) {
      const same = before.delta === -asked.amount && before.of === bought.seq;
      return this.#outcome(now, same ? 'replayed' : 'conflict', before.seq);
    }
    const taken = this.entries.filter(({ kind, of }) => kind === 'clawback' && of === bought.seq);
    const standing = taken.filter(
      ({ seq }) => !this.entries.some(({ kind, of }) => kind === 'restore' && of === seq),
    );
    if (total(standing.map(({ delta }) => -delta)) + asked.amount > bought.delta)
      return this.#outcome(now, 'excess');
    this.#sweep(now);
    const movement: Movement = { kind: 'clawback', reference: asked.reference, of: bought.seq };
    return this.#outcome(now, 'applied', this.#take(now, asked.amount, movement, { first: bought.seq }));
  }

  restore(now: number, { reference, of }: { reference: string; of: 'consume' | 'clawback' }): ModelOutcome {
    const taken = this.#entry(of, reference);
    if (!taken) return this.#outcome(now, 'no_entry');
    const before = this.#entry('restore', reference);
    if (before) return this.#outcome(now, before.of === taken.seq ? 'replayed' : 'conflict', before.seq);
    if (this.#returned(taken.seq) > 0n) return this.#outcome(now, 'excess');

    this.#sweep(now);
    let left = -taken.delta - least(most(-this.balance, 0n), -taken.delta);
    const seq = this.#enter(-taken.delta, { kind: 'restore', reference, of: taken.seq });
    const longest = this.#inOrder([...taken.drawn.keys()].map((id) => this.#grant(id))).toReversed();
    for (const grant of longest) {
      const back = least(taken.drawn.get(grant.id) ?? 0n, left);
      grant.remaining += back;
      left -= back;
    }
    if (left > 0n)
      this.grants.push({ id: seq, amount: left, remaining: left, expiresAt: NEVER, priority: 0 });
    this.#sweep(now);
    this.#payPending(now);
    return this.#outcome(now, 'applied', seq);
  }

  refund(now: number, asked: { charge: string; amount: bigint; reference: string }): ModelOutcome {
    const charge = this.#entry('consume', asked.charge);
    if (!charge) return this.#outcome(now, 'no_entry');
    const before = this.#entry('refund', asked.reference);
    if (before) {
      const same = before.delta === asked.amount && before.of === charge.seq;
      return this.#outcome(now, same ? 'replayed' : 'conflict', before.seq);
    }
    if (this.#returned(charge.seq) + asked.amount > -charge.delta) return this.#outcome(now, 'excess');
    this.#sweep(now);
    const movement: Movement = { kind: 'refund', reference: asked.reference, of: charge.seq };
    const seq = this.#give(now, asked.amount, movement, { expiresAt: NEVER, priority: 0 });
    this.#payPending(now);
    return this.#outcome(now, 'applied', seq);
  }

  hold(
    now: number,
    asked: { amount: bigint; reference: string; hash: string; seconds: number },
  ): ModelOutcome {
    const before = this.holds.get(asked.reference);
    if (before) {
      return this.#outcome(now, before.hash === asked.hash ? 'replayed' : 'conflict');
    }
    if (this.#entry('consume', asked.reference)) return this.#outcome(now, 'conflict');
    if (!this.#affords(now, asked.amount)) return this.#outcome(now, 'insufficient');
    this.#sweep(now);
    this.holds.set(asked.reference, {
      amount: asked.amount,
      state: 'open',
      settled: null,
      hash: asked.hash,
      createdAt: now,
      expiresAt: now + asked.seconds * 1000,
    });
    return this.#outcome(now, 'applied');
  }

  settle(now: number, { reference, amount }: { reference: string; amount: bigint }): ModelOutcome {
    const hold = this.holds.get(reference);
    if (!hold) return this.#outcome(now, 'no_hold');
    const paid = this.#entry('consume', reference);
    const operation = this.operations.get(reference);
    const ended = operation && operation.state !== 'running' ? operation : undefined;
    const isSession = Boolean(operation?.session);
    const failed = operation?.state === 'failed';
    if (hold.state === 'released' || failed || isSession || (hold.state === 'open' && (paid || ended))) {
      return this.#outcome(now, 'conflict', paid?.seq);
    }
    if (hold.state !== 'open') {
      const was = hold.settled ?? ended?.amount ?? (paid ? -paid.delta : null);
      if (was !== null) return this.#outcome(now, was === amount ? 'replayed' : 'conflict', paid?.seq);
    }
    const open = hold.state === 'open' ? hold : null;
    if (open === null) Object.assign(hold, { state: 'settled', settled: amount });
    return this.#settle(now, amount, { reference, hash: hold.hash }, open);
  }

  release(now: number, { reference }: { reference: string }): ModelOutcome {
    const hold = this.holds.get(reference);
    if (!hold) return this.#outcome(now, 'no_hold');
    if (hold.state !== 'open') return this.#outcome(now, hold.state === 'settled' ? 'conflict' : 'replayed');
    this.#sweep(now);
    hold.state = 'released';
    this.#sweep(now);
    this.#payPending(now);
    return this.#outcome(now, 'applied');
  }

  start(
    now: number,
    asked: {
      reference: string;
      hash: string;
      by: 'charge' | 'hold' | 'gate';
      amount: bigint;
      seconds: number;
    },
  ): ModelOutcome {
    const { reference, hash, by, amount } = asked;
    const before = this.operations.get(reference);
    if (before) return this.#outcome(now, before.hash === hash ? 'replayed' : 'conflict', before.seq);
    if (this.#entry('consume', reference) || this.holds.has(reference)) return this.#outcome(now, 'conflict');
    const outcome = {
      charge: () => this.charge(now, asked),
      hold: () => this.hold(now, asked),
      gate: () => this.#outcome(now, this.available(now) > this.floor ? 'applied' : 'insufficient'),
    }[by]();
    if (outcome.status === 'applied') {
      this.operations.set(reference, {
        reference,
        state: 'running',
        amount: by === 'charge' ? amount : null,
        seq: outcome.seq,
        hash,
        finishedAt: NEVER,
        purgeAt: NEVER,
        overdrawn: false,
        session: null,
      });
    }
    return outcome;
  }

  open(now: number, asked: { reference: string; hash: string; milliseconds: number }): ModelSession {
    const { status } = this.start(now, { ...asked, by: 'gate', amount: 0n, seconds: 0 });
    const operation = this.operations.get(asked.reference);
    if (operation && status === 'applied') {
      operation.session = { startedAt: now, closesAt: now + asked.milliseconds, closedAt: null };
    }
    const isAnother = status === 'replayed' && !operation?.session;
    return this.#session(now, isAnother ? 'conflict' : status, asked.reference);
  }

  heartbeat(now: number, { reference }: { reference: string }): ModelSession {
    const told = this.#session(now, 'closed', reference);
    if (!told.session) return { ...told, status: 'no_session' };
    return told.session.isOpen ? { ...told, status: 'open' } : told;
  }

  close(now: number, asked: { reference: string; by: 'terminated' | 'auto_closed' }): ModelSession {
    const operation = this.operations.get(asked.reference);
    const session = operation?.session;
    const status = () => {
      if (!session) return 'no_session';
      if (session.closedAt !== null) return 'replayed';
      if (operation.state !== 'running') return 'conflict';
      return asked.by === 'auto_closed' && now < session.closesAt ? 'not_due' : 'applied';
    };
    const said = status();
    if (session && said === 'applied') session.closedAt = Math.min(now, session.closesAt);
    return this.#session(now, said, asked.reference);
  }

  finish(
    now: number,
    {
      reference,
      amount,
      shortfall,
    }: { reference: string; amount: bigint; shortfall: 'pending_payment' | 'negative' },
  ): ModelOutcome {
    const operation = this.operations.get(reference);
    if (!operation) return this.#outcome(now, 'no_operation');
    if (operation.state !== 'running') {
      const same = operation.state !== 'failed' && operation.amount === amount;
      return this.#outcome(now, same ? 'replayed' : 'conflict', operation.seq);
    }
    if (operation.seq !== null) {
      if (operation.amount !== amount) return this.#outcome(now, 'conflict', operation.seq);
      this.#ready(now, reference, amount, operation.seq);
      return this.#outcome(now, 'applied', operation.seq);
    }
    const isOpen = operation.session?.closedAt === null;
    if (this.#entry('consume', reference) || isOpen) return this.#outcome(now, 'conflict');
    const hold = this.holds.get(reference);
    return this.#settle(now, amount, operation, hold?.state === 'open' ? hold : null, shortfall);
  }

  fail(now: number, { reference, back }: { reference: string; back: 'restore' | 'refund' }): ModelOutcome {
    const operation = this.operations.get(reference);
    if (!operation) return this.#outcome(now, 'no_operation');
    if (operation.state !== 'running') {
      return this.#outcome(now, operation.state === 'failed' ? 'replayed' : 'conflict', operation.seq);
    }
    operation.state = 'failed';
    operation.finishedAt = now;
    if (operation.seq === null) {
      this.release(now, { reference });
      return this.#outcome(now, 'applied');
    }
    const left = (operation.amount ?? 0n) - this.#returned(operation.seq);
    if (left === 0n) return this.#outcome(now, 'applied');
    const whole = back === 'restore' && left === operation.amount;
    const restored = whole ? this.restore(now, { reference, of: 'consume' }) : null;
    if (restored?.status === 'applied') return this.#outcome(now, 'applied', restored.seq);
    let named = reference;
    for (let tries = 2; this.#entry('refund', named); tries++)
      named = `${reference.slice(0, 190)} (${tries})`;
    const { seq } = this.refund(now, { charge: reference, amount: left, reference: named });
    return this.#outcome(now, 'applied', seq);
  }

  expire(now: number): void {
    for (const hold of this.holds.values()) {
      if (hold.state === 'open' && hold.expiresAt <= now) hold.state = 'expired';
    }
    for (const operation of this.operations.values()) {
      if (operation.state === 'pending_payment' && operation.purgeAt <= now) operation.state = 'purged';
    }
    this.#sweep(now);
    this.#payPending(now);
  }

  setFloor(now: number, floor: bigint): boolean {
    if (floor > this.floor && this.balance - this.held() < floor) return false;
    this.floor = floor;
    this.#sweep(now);
    this.#payPending(now);
    return true;
  }

  held(): bigint {
    const open = [...this.holds.values()].filter(({ state }) => state === 'open');
    return inRange(total(open.map(({ amount }) => amount)));
  }

  available(now: number): bigint {
    return inRange(this.balance - this.held() - total(this.#due(now).values()));
  }

  #outcome(now: number, status: string, seq: bigint | null = null): ModelOutcome {
    const entry = this.entries.find((one) => one.seq === seq);
    return { status, seq, balance: entry?.balanceAfter ?? this.balance, available: this.available(now) };
  }

  #session(now: number, status: string, reference: string): ModelSession {
    const { session, state, amount, finishedAt } = this.operations.get(reference) ?? {};
    const told = { status, available: this.available(now) };
    if (!session || !state) return { ...told, session: null };
    const { startedAt, closesAt, closedAt } = session;
    const until = closedAt ?? Math.min(now, finishedAt ?? NEVER, closesAt);
    return {
      ...told,
      session: {
        state,
        isOpen: state === 'running' && closedAt === null && now < closesAt,
        milliseconds: BigInt(until - startedAt),
        closedBy: closedAt === null ? null : closedAt === closesAt ? 'auto_closed' : 'terminated',
        amount: amount ?? null,
      },
    };
  }

  #entry(kind: EntryKind, reference: string) {
    return this.entries.find((entry) => entry.kind === kind && entry.reference === reference);
  }

  #grant(id: bigint): ModelGrant {
    const grant = this.grants.find((one) => one.id === id);
    if (!grant) throw new Error(`The model has no grant ${id}`);
    return grant;
  }

  #returned(seq: bigint): bigint {
    const back = this.entries.filter(
      ({ kind, of }) => of === seq && (kind === 'refund' || kind === 'restore'),
    );
    return total(back.map(({ delta }) => delta));
  }

  #affords(now: number, amount: bigint): boolean {
    return this.available(now) - amount >= this.floor;
  }

  #inOrder(grants: ModelGrant[]): ModelGrant[] {
    const by = (a: ModelGrant, b: ModelGrant) =>
      (a.expiresAt === b.expiresAt ? 0 : a.expiresAt < b.expiresAt ? -1 : 1) ||
      a.priority - b.priority ||
      (a.id < b.id ? -1 : 1);
    return grants.toSorted(by);
  }

  /** Credit by credit: a hold saves the expired credits that would be lost first, of those it saw alive. */
  #due(now: number): Map<bigint, bigint> {
    const due = new Map<bigint, bigint>();
    let saved = 0n;
    for (const grant of this.#inOrder(this.grants.filter(({ expiresAt }) => expiresAt <= now))) {
      const holds = [...this.holds.values()].filter(
        ({ state, createdAt }) => state === 'open' && createdAt < grant.expiresAt,
      );
      const saves = least(grant.remaining, most(total(holds.map(({ amount }) => amount)) - saved, 0n));
      saved += saves;
      if (grant.remaining > saves) due.set(grant.id, grant.remaining - saves);
    }
    return due;
  }

  #sweep(now: number): void {
    for (const [id, amount] of this.#due(now)) {
      this.#grant(id).remaining -= amount;
      const reference = `grant:${id}:${this.entries.length + 1}`;
      this.#enter(-amount, { kind: 'expiry', reference }, new Map([[id, amount]]));
    }
  }

  #enter(delta: bigint, { kind, reference, hash, of }: Movement, drawn = new Map<bigint, bigint>()): bigint {
    this.balance = inRange(this.balance + delta);
    const seq = BigInt(this.entries.length + 1);
    this.entries.push({
      seq,
      kind,
      delta,
      balanceAfter: this.balance,
      reference,
      hash: hash ?? null,
      of: of ?? null,
      drawn,
    });
    return seq;
  }

  #give(
    now: number,
    amount: bigint,
    movement: Movement,
    lives: { expiresAt: number; priority: number },
  ): bigint {
    const debt = least(most(-this.balance, 0n), amount);
    const id = this.#enter(amount, movement);
    this.grants.push({
      id,
      amount,
      remaining: amount - debt,
      expiresAt: lives.expiresAt,
      priority: lives.priority,
    });
    if (lives.expiresAt <= now) this.#sweep(now);
    return id;
  }

  #take(
    now: number,
    amount: bigint,
    movement: Movement,
    { hold, first }: { hold?: ModelHold | null; first?: bigint } = {},
  ): bigint {
    const drawn = new Map<bigint, bigint>();
    let left = amount;
    let protectedLeft = hold?.amount ?? 0n;
    const draw = (grant: ModelGrant, atMost: bigint) => {
      const taken = least(least(grant.remaining, atMost), left);
      if (taken === 0n) return 0n;
      grant.remaining -= taken;
      left -= taken;
      drawn.set(grant.id, (drawn.get(grant.id) ?? 0n) + taken);
      return taken;
    };

    if (first !== undefined) draw(this.#grant(first), left);
    const order = this.#inOrder(this.grants);
    for (const grant of order) {
      if (grant.expiresAt > now) draw(grant, left);
      else if (hold && grant.expiresAt > hold.createdAt) protectedLeft -= draw(grant, protectedLeft);
    }
    for (const grant of order) draw(grant, left);
    return this.#enter(-amount, movement, drawn);
  }

  #settle(
    now: number,
    amount: bigint,
    { reference, hash }: { reference: string; hash: string },
    hold: ModelHold | null,
    shortfall: 'pending_payment' | 'negative' = 'pending_payment',
  ): ModelOutcome {
    const beyond = amount - (hold?.amount ?? 0n);
    const affords = beyond <= 0n || this.#affords(now, beyond);
    this.#sweep(now);
    if (hold) {
      hold.state = 'settled';
      hold.settled = amount;
    }
    let seq: bigint | null = null;
    const pends = amount > 0n && !affords && shortfall === 'pending_payment';
    if (pends) {
      const pending = { state: 'pending_payment' as const, amount, finishedAt: now, purgeAt: now + 30 * DAY };
      const fresh = { reference, hash, seq: null, overdrawn: false, session: null };
      const operation = this.operations.get(reference) ?? fresh;
      this.operations.set(reference, { ...operation, ...pending });
    } else {
      if (amount > 0n) seq = this.#take(now, amount, { kind: 'consume', reference, hash }, { hold });
      this.#ready(now, reference, amount, seq);
      const operation = this.operations.get(reference);
      if (operation) operation.overdrawn = amount > 0n && !affords;
    }
    this.#sweep(now);
    this.#payPending(now);
    return this.#outcome(now, pends ? 'pending_payment' : 'applied', seq);
  }

  #ready(now: number, reference: string, amount: bigint, seq: bigint | null): void {
    const operation = this.operations.get(reference);
    if (!operation) return;
    const finishedAt = Number.isFinite(operation.finishedAt) ? operation.finishedAt : now;
    Object.assign(operation, { state: 'settled', amount, seq, finishedAt, purgeAt: NEVER });
    this.announced.push(reference);
  }

  /** Strictly oldest first: the first that does not fit stops all behind it. */
  #payPending(now: number): void {
    const waiting = [...this.operations.values()]
      .filter(({ state, purgeAt }) => state === 'pending_payment' && purgeAt > now)
      .toSorted((a, b) => a.finishedAt - b.finishedAt || (a.reference < b.reference ? -1 : 1));
    for (const { reference, amount, hash } of waiting) {
      const paid = this.#entry('consume', reference);
      if (!paid && !this.#affords(now, amount ?? 0n)) return;
      const seq = paid?.seq ?? this.#take(now, amount ?? 0n, { kind: 'consume', reference, hash });
      this.#ready(now, reference, amount ?? 0n, seq);
    }
  }
}
