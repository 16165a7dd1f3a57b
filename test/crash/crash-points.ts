import { Logger, runOnce, type TaskList } from 'graphile-worker';
import { afterAll, expect } from 'vitest';

import { mailSink } from '@/bench/support/mail-sink';
import { runDueAutoTopUps } from '@/lib/jobs/auto-top-ups';
import { findDueBills } from '@/lib/jobs/bills';
import { catchUpStripeEvents } from '@/lib/jobs/catch-up-stripe-events';
import { reconcileRecentTopUps } from '@/lib/jobs/reconcile-top-ups';
import { tasksOn } from '@/lib/jobs/worker';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';
import { ledgerAndStripe, type StripeFixture } from '@/test/stripe/stripe-fixture';

import { doomedProcess, type Errand } from './doomed-process';
import { Life, type Way, wayToDatabase, wayToStripe } from './frontier';
import type { Verb, VerbInput } from './verbs';

/** Every crossing, when asked; every fourth in a run of all tests. */
const STRIDE = process.env['COFFER_CRASHES'] === 'all' ? 1 : 4;
// As many crossings are tried in one process, each in an account of its own; one SIGKILL ends them all.
const LIVES = 12;
const HOUR_S = 3_600;

type Flow<Scene> = {
  verb: Verb;
  /** An account in which the verb is about to be called. */
  scene: () => Promise<Scene>;
  inputOf: (scene: Scene) => VerbInput;
  /** What has to be true once the worker has run, though nobody called the verb again. */
  afterwards?: (scene: Scene) => Promise<void>;
  /** What whoever called the verb does when they come back. */
  again?: (scene: Scene) => Promise<unknown>;
  /** What is true in the end, the same whichever crossing the process died before. */
  end: (scene: Scene) => Promise<object>;
};

type World = {
  ledger: LedgerFixture;
  stripe: StripeFixture;
  /** Jobs that ended well, by name, of one account or top-up. */
  jobsDone: (about: string) => Record<string, number>;
  /** Kills a process before each crossing of its way to database and Stripe in turn; how many there were at most. */
  sweep: <Scene>(flow: Flow<Scene>, expected: object) => Promise<number>;
};

/** A database and a Stripe that told nobody anything: what happened an hour ago there has to be found by asking. */
export async function crashWorld(): Promise<World> {
  const { ledger, stripe } = await ledgerAndStripe();
  const mail = await mailSink();
  setEnvironment({
    DATABASE_URL: ledger.urls.appUrl,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    ...stripe.address,
  });
  await stripe.lever('clock', { offset: -HOUR_S });

  const lives = new Map<string, Life>();
  const toStripe = await wayToStripe(Number(stripe.address.STRIPE_API_PORT), lives);
  const address = { ...stripe.address, STRIPE_API_PORT: new URL(toStripe.url).port };
  const done: string[] = [];
  afterAll(() => {
    toStripe.close();
    mail.close();
  });

  /** Runs each verb to its crossing, then kills the process. True where one of them came to its end before. */
  async function dies(errands: readonly Errand[], first: number): Promise<boolean[]> {
    const ended = new Map<string, string | null>();
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const here = errands.map(({ life }, nth) => new Life(life, first + nth * STRIDE, () => look()));
    const look = () => {
      if (here.every(({ isOver, name }) => isOver || ended.has(name))) settle();
    };
    const ways: Way[] = [];
    const doomed = await doomedProcess({ DATABASE_URL: ledger.urls.appUrl, ...address }, (life, failure) => {
      ended.set(life, failure);
      look();
    });
    for (const [nth, life] of here.entries()) {
      lives.set(life.name, life);
      const errand = errands[nth];
      if (errand === undefined) continue;
      const way = await wayToDatabase(errand.databaseUrl, life);
      ways.push(way);
      doomed.run({ ...errand, databaseUrl: way.url });
    }
    await settled;
    await doomed.kill();
    for (const way of ways) way.close();
    // A dead process's client may have complained of the silence before it was killed.
    for (const { name, isOver } of here) if (!isOver) expect(ended.get(name)).toBeNull();
    return here.map(({ isOver }) => !isOver);
  }

  const tasks: TaskList = Object.fromEntries(
    Object.entries(tasksOn(ledger.db)).map(([name, run]) => [
      name,
      async (...given: Parameters<NonNullable<typeof run>>) => {
        await run?.(...given);
        done.push(`${name} ${JSON.stringify(given[0])}`);
      },
    ]),
  );
  const workOff = () =>
    runOnce({
      connectionString: ledger.urls.appUrl,
      taskList: tasks,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
    });
  // Names every job to the queue: two lives that name one for the first time would wait for each other.
  await workOff();
  /** What a worker finds that was started anew: the queue, what the clock looks for, and at night every purchase. */
  async function restart({ isNight }: { isNight: boolean }): Promise<void> {
    const ctx = { db: ledger.db, now: new Date(Date.now() + HOUR_S * 1_000) };
    await runDueAutoTopUps(ctx);
    await findDueBills(ctx);
    await catchUpStripeEvents(ctx);
    if (isNight) await reconcileRecentTopUps(ctx);
    await workOff();
    // The queue may be told a moment later that its last job ended.
    await expect
      .poll(
        () =>
          ledger.asOwner('SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE attempts > 0'),
        { timeout: 10_000, message: 'jobs that failed' },
      )
      .toEqual([]);
    await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  }

  let numbered = 0;
  return {
    ledger,
    stripe,
    jobsDone: (about) => {
      const counts: Record<string, number> = {};
      for (const line of done.filter((one) => one.includes(`"${about}"`))) {
        const [name = ''] = line.split(' ');
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    },
    async sweep({ verb, scene, inputOf, afterwards, again, end }, expected) {
      for (let first = 1; ; first += LIVES * STRIDE) {
        const scenes = [];
        for (let nth = 0; nth < LIVES; nth += 1) scenes.push(await scene());
        const errands = scenes.map((one) => ({
          life: `${(numbered += 1)}`,
          databaseUrl: ledger.urls.appUrl,
          verb,
          input: inputOf(one),
        }));
        const survived = await dies(errands, first);
        await restart({ isNight: again === undefined });
        for (const one of scenes) await afterwards?.(one);
        for (const one of scenes) await again?.(one);
        if (again) await restart({ isNight: true });
        for (const [nth, one] of scenes.entries()) {
          const word = lives.get(errands[nth]?.life ?? '')?.lastWord;
          const when =
            survived[nth] === true ? 'lived' : `died before crossing ${first + nth * STRIDE}: ${word}`;
          expect(await end(one), when).toEqual(expected);
        }
        expect(await ledger.audit()).toEqual([]);
        const crossings = survived.indexOf(true);
        if (crossings !== -1) return first + crossings * STRIDE - 1;
      }
    },
  };
}
