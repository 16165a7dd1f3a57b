import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { freshSecrets } from '@/bin/support/secrets';
import { charge } from '@/lib/db/ledger/charge';
import { readWatched } from '@/lib/db/watched';
import { credits } from '@/lib/domain/credits';

import type { Bench } from './support/bench';
import { served } from './support/http-stand';
import { memberCookies } from './support/member-cookies';
import { median, rounded, say, spread } from './support/report';
import type { Stand } from './support/stand';
import { UnsoundLedger } from './support/unsound-ledger';

const STREAMS = 1_000;
const OPENED_AT_ONCE = 25;
const MOVED = 100;
const HEARD_WITHIN_MS = 3_000;
const GOAL_PERCENT = 10;
// Of the kernel's accounting, on every Linux that Node runs on.
const TICKS_A_SECOND = 100;

/** What it costs the web process that so many pages are watched while nothing moves, against the same process without. */
export const liveStreams: Bench = async (stand, { seconds, rounds }) => {
  const accounts = await stand.accounts(STREAMS, 1_000n);
  const secrets = freshSecrets();
  const cookies = await memberCookies(stand, accounts, secrets.auth);
  const url = await served(stand, 'next', secrets);
  const pid = stand.processes.pidOf('next') ?? 0;

  const idle = await everyRound(rounds, () => percentOfACore(pid, seconds));
  const streams = await openAll(url, cookies);
  const watched = await everyRound(rounds, () => percentOfACore(pid, seconds));
  for (const [name, values] of Object.entries({ idle, watched })) say({ side: name, percent: values });

  const lookMs = await looks(stand, accounts);
  const before = await stand.consumed();
  const told = await isTold(stand, accounts.slice(0, MOVED), streams);
  streams.forEach(({ close }) => close());
  if (told < MOVED) throw new UnsoundLedger(`${told} of ${MOVED} streams were told that something moved`);
  await stand.prove({ before, applied: MOVED });

  const value = rounded(median(watched) - median(idle));
  return [
    {
      ratio: null,
      of: `the one statement that looks at ${STREAMS} accounts and sessions, each second`,
      value: rounded(median(lookMs)),
      unit: 'ms',
      goal: 'reported',
      met: true,
      rounds: spread(lookMs),
    },
    {
      ratio: rounded(value / GOAL_PERCENT),
      of: `${STREAMS} open streams, nothing moving: processor time of web, less what it takes without them`,
      value,
      unit: '% of a core',
      goal: `at most ${GOAL_PERCENT}`,
      met: value <= GOAL_PERCENT,
      streams: streams.length,
      told,
      watched: spread(watched),
      idle: spread(idle),
    },
  ];
};

async function everyRound(rounds: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  // The first is for warming up.
  for (let round = 0; round <= rounds; round += 1) values.push(rounded(await measure()));
  return values.slice(1);
}

/** How much of one core a process uses, in its own code and in the kernel's. */
async function percentOfACore(pid: number, seconds: number): Promise<number> {
  const [from, started] = [await ticksOf(pid), performance.now()];
  await sleep(seconds * 1_000);
  const took = (performance.now() - started) / 1_000;
  return (((await ticksOf(pid)) - from) / TICKS_A_SECOND / took) * 100;
}

async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything, user and system time are the twelfth and thirteenth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

type Stream = { changes: () => number; close: () => void };

async function openAll(url: string, cookies: readonly string[]): Promise<Stream[]> {
  const agent = new Agent({ maxSockets: Infinity });
  const streams: Stream[] = [];
  for (let from = 0; from < cookies.length; from += OPENED_AT_ONCE) {
    const some = cookies.slice(from, from + OPENED_AT_ONCE);
    streams.push(...(await Promise.all(some.map((cookie) => openOne(`${url}/api/live`, { agent, cookie })))));
  }
  // Each hears once of where it begins.
  const deadline = performance.now() + HEARD_WITHIN_MS;
  while (streams.some(({ changes }) => changes() === 0)) {
    if (performance.now() > deadline) throw new Error('Not every stream heard of its beginning');
    await sleep(50);
  }
  return streams;
}

async function openOne(url: string, { agent, cookie }: { agent: Agent; cookie: string }): Promise<Stream> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, resolve).on('error', reject);
  });
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
  let changes = 0;
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => (changes += text.split('event: changed').length - 1));
  answer.on('error', () => undefined);
  return { changes: () => changes, close: () => answer.destroy() };
}

async function looks(stand: Stand, accounts: readonly Parameters<typeof charge>[1]['accountId'][]) {
  const { changed } = await readWatched(stand.db, {
    marks: new Map(accounts.map((id) => [id, ''])),
    watches: [],
  });
  const marks = new Map(changed.map(({ accountId, mark }) => [accountId, mark]));
  const sessions = await stand.asOwner<{ id: string; account: string }>(
    'SELECT s.id, m.account_id AS account FROM sign_in_sessions s JOIN members m USING (user_id)',
  );
  const accountOf = new Map(accounts.map((id) => [`${id}`, id]));
  const watches = sessions.flatMap(({ id, account }) => {
    const accountId = accountOf.get(account);
    return accountId === undefined ? [] : [{ sessionId: id, accountId }];
  });
  const took: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const started = performance.now();
    await readWatched(stand.db, { marks, watches });
    took.push(performance.now() - started);
  }
  return took;
}

/** How many of the streams were told, each of a charge of its own account, and of no other. */
async function isTold(
  stand: Stand,
  accounts: readonly Parameters<typeof charge>[1]['accountId'][],
  streams: readonly Stream[],
): Promise<number> {
  const before = streams.map(({ changes }) => changes());
  const hash = createHash('sha256').update('live').digest();
  for (const accountId of accounts)
    await charge(stand.db, { accountId, reference: 'live', amount: credits(1_000_000n), hash });
  await sleep(HEARD_WITHIN_MS);
  const heard = streams.filter(({ changes }, index) => changes() > (before[index] ?? 0)).length;
  const own = streams
    .slice(0, accounts.length)
    .filter(({ changes }, index) => changes() > (before[index] ?? 0));
  return heard === own.length ? heard : 0;
}
