import { expect, test } from 'vitest';

import { credits } from './credits';
import { concernsOf, type LedgerHealth } from './ledger-health';

const NOW = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const WELL: LedgerHealth = {
  asOf: NOW,
  accounts: 3n,
  lastVerifiedAt: minutesAgo(1),
  oldestVerifiedAt: minutesAgo(1_440),
  neverVerified: 0n,
  frozen: [],
  outbox: { unsent: 1n, oldestAt: minutesAgo(9) },
  inbox: { unhandled: 1n, oldestAt: minutesAgo(9), lastReceivedAt: NOW, caughtUpTo: NOW },
  findings: [],
  workers: { alive: 1n, lastSeenAt: NOW },
  givenUp: [],
};
const FINDING = {
  class: 'paid-not-credited',
  subject: 'x',
  accountId: 1n,
  entry: credits(1n),
  detail: 'd',
  foundAt: NOW,
} as const;

test('a house that is well needs nobody', () => {
  expect(concernsOf(WELL)).toEqual([]);
});

test.each<{ when: string; change: Partial<LedgerHealth>; says: RegExp }>([
  {
    when: 'no worker was ever seen',
    change: { workers: { alive: 0n, lastSeenAt: null } },
    says: /No worker/,
  },
  {
    when: 'the worker is silent',
    change: { workers: { alive: 0n, lastSeenAt: minutesAgo(2) } },
    says: /No worker/,
  },
  {
    when: 'news waits',
    change: { inbox: { ...WELL.inbox, oldestAt: minutesAgo(11) } },
    says: /News of Stripe/,
  },
  {
    when: 'events wait',
    change: { outbox: { unsent: 1n, oldestAt: minutesAgo(11) } },
    says: /Events to customers/,
  },
  { when: 'an audit is late', change: { oldestVerifiedAt: minutesAgo(1_600) }, says: /not verified/ },
  { when: 'something does not agree', change: { findings: [FINDING] }, says: /do not agree/ },
  {
    when: 'an account is frozen',
    change: { frozen: [{ accountId: 1n, name: 'A', frozenAt: NOW, because: null }] },
    says: /frozen/,
  },
  {
    when: 'a job was given up',
    change: { givenUp: [{ name: 'j', lastError: null, runAt: NOW }] },
    says: /given up/,
  },
])('$when: $says', ({ change, says }) => {
  const concerns = concernsOf({ ...WELL, ...change });
  expect(concerns).toHaveLength(1);
  expect(concerns[0]).toMatch(says);
});
