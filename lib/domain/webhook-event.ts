import type { Credits } from './credits';
import { decimalOfCredits } from './decimal-credits';
import type { EventTopic } from './event-topic';

/** The event that a button sends, to see whether an endpoint works. */
export const TEST_EVENT = 'test';

/** An event as the outbox has it, with what its subject was when it was told. */
export type OutboxEvent = {
  topic: EventTopic;
  /** The operation's reference. */
  key: string;
  /** The same whenever and to whomever it is told. */
  id: string;
  at: Date;
  service: string | null;
  amount: Credits | null;
};

/** What a customer's system is told, as the bytes that are signed. `name` is the topic's, in the price book's words. */
export const bodyOf = (name: string, { key, id, at, service, amount }: OutboxEvent): string =>
  JSON.stringify({
    id,
    type: name,
    timestamp: at.toISOString(),
    data: { id: key, service, amount: amount === null ? null : decimalOfCredits(amount) },
  });

/** What a test says. */
export const testBodyOf = ({ id, at }: { id: string; at: Date }): string =>
  JSON.stringify({ id, type: TEST_EVENT, timestamp: at.toISOString(), data: {} });
