import { beforeEach, expect, test } from 'vitest';

import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { startWorker } from './worker';

const ledger = await ledgerOfFile();
beforeEach(() => ledger.asOwner('TRUNCATE graphile_worker._private_jobs, worker_presence'));

const addJob = (name: string, maxAttempts = 25) =>
  ledger.asOwner('SELECT graphile_worker.add_job($1, $2::json, max_attempts => $3)', [
    name,
    '{}',
    maxAttempts,
  ]);
const jobs = () =>
  ledger.asOwner<{ task: string; attempts: number; locked_by: string | null; last_error: string | null }>(
    'SELECT task_identifier AS task, attempts, locked_by, last_error FROM graphile_worker.jobs',
  );
const start = (tasks: Record<string, () => Promise<void>>) =>
  startWorker({ db: ledger.db, databaseUrl: ledger.urls.appUrl, tasks, schedule: [] });

/** Resolves as soon as `seen` was called so often. */
function counter() {
  let calls = 0;
  const waiting: { at: number; go: () => void }[] = [];
  return {
    seen: () => {
      calls += 1;
      for (const { at, go } of waiting) if (calls >= at) go();
    },
    count: () => calls,
    reached: (at: number) => new Promise<void>((go) => (calls >= at ? go() : waiting.push({ at, go }))),
  };
}

test('a job that fails is tried again, and the worker lives on to do it', async () => {
  const runs = counter();
  const worker = await start({
    'fails-once': async () => {
      runs.seen();
      if (runs.count() === 1) throw new Error('the first time it fails');
    },
  });
  await addJob('fails-once');
  await runs.reached(1);
  await expect
    .poll(jobs)
    .toMatchObject([{ task: 'fails-once', attempts: 1, last_error: 'the first time it fails' }]);

  await ledger.asOwner(`UPDATE graphile_worker._private_jobs SET run_at = now()`);
  await ledger.asOwner(`NOTIFY "jobs:insert", '{"count":1}'`);
  await runs.reached(2);
  await expect.poll(jobs).toEqual([]);
  await worker.stop();
});

test('a job that runs when its worker is stopped goes back to the queue at once', async () => {
  const runs = counter();
  let letItEnd = () => {};
  const theEnd = new Promise<void>((resolve) => (letItEnd = resolve));
  const worker = await start({
    slow: () => {
      runs.seen();
      return theEnd;
    },
  });
  await addJob('slow');
  await runs.reached(1);
  await worker.stop();
  expect(await jobs()).toMatchObject([{ task: 'slow', locked_by: null }]);
  letItEnd();
  await worker.ended;
});

test('the job of a worker that died is taken up by the next one', async () => {
  await addJob('orphan');
  await ledger.asOwner(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'worker-that-died', locked_at = now() - interval '2 minutes', attempts = 1`,
  );
  const runs = counter();
  const worker = await start({
    orphan: async () => runs.seen(),
  });
  await runs.reached(1);
  await expect.poll(jobs).toEqual([]);
  await worker.stop();
});

test('the job of a worker that lives is left to it, however long it takes', async () => {
  await addJob('long');
  await ledger.asOwner(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'worker-that-lives', locked_at = now() - interval '1 hour', attempts = 1`,
  );
  await ledger.asOwner(`INSERT INTO worker_presence VALUES ('worker-that-lives', now())`);
  const worker = await start({});
  expect(await jobs()).toMatchObject([{ task: 'long', locked_by: 'worker-that-lives' }]);
  await worker.stop();
});
