import type { Credits } from './credits';
import type { FindingClass } from './reconciliation';

/** How the house is, as of one moment. */
export type LedgerHealth = {
  asOf: Date;
  accounts: bigint;
  /** Accounts whose audit lies back longest; null where none was audited. */
  lastVerifiedAt: Date | null;
  oldestVerifiedAt: Date | null;
  neverVerified: bigint;
  frozen: readonly { accountId: bigint; name: string; frozenAt: Date; because: string | null }[];
  /** Events for customers' systems that were not handed out yet. */
  outbox: { unsent: bigint; oldestAt: Date | null };
  /** Stripe's events that were kept and not handled. */
  inbox: { unhandled: bigint; oldestAt: Date | null; lastReceivedAt: Date | null; caughtUpTo: Date | null };
  findings: readonly {
    class: FindingClass;
    subject: string;
    accountId: bigint | null;
    entry: Credits;
    detail: string;
    foundAt: Date;
  }[];
  workers: { alive: bigint; lastSeenAt: Date | null };
  /** Jobs that were tried as often as they are, and failed. */
  givenUp: readonly { name: string; lastError: string | null; runAt: Date }[];
};

const MINUTE_MS = 60_000;
/** Sent within seconds when all is well. */
const LATE_MS = 10 * MINUTE_MS;
/** Each account is audited within a day. */
const UNVERIFIED_MS = 26 * 60 * MINUTE_MS;
/** Four signs of life. */
const SILENT_MS = MINUTE_MS;

/** What somebody has to look at, a sentence each; nothing where all is well. */
export function concernsOf(health: LedgerHealth): string[] {
  const { asOf, oldestVerifiedAt, frozen, outbox, inbox, findings, workers, givenUp } = health;
  const isOlder = (moment: Date | null, age: number) =>
    moment !== null && asOf.getTime() - moment.getTime() > age;
  const isSilent = workers.lastSeenAt === null || isOlder(workers.lastSeenAt, SILENT_MS);
  const concerns: [boolean, string][] = [
    [isSilent, 'No worker is alive: nothing is charged, mailed or handled.'],
    [isOlder(inbox.oldestAt, LATE_MS), 'News of Stripe’s waits for longer than ten minutes.'],
    [isOlder(outbox.oldestAt, LATE_MS), 'Events to customers’ systems wait for longer than ten minutes.'],
    [isOlder(oldestVerifiedAt, UNVERIFIED_MS), 'An account was not verified for more than a day.'],
    [findings.length > 0, 'Stripe and the ledger do not agree about a purchase.'],
    [frozen.length > 0, 'An account is frozen: nothing moves there until somebody thaws it.'],
    [givenUp.length > 0, 'A job was given up.'],
  ];
  return concerns.flatMap(([isSo, sentence]) => (isSo ? [sentence] : []));
}
