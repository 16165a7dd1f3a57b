import { stableUuid } from './stable-uuid';

/** The top-up that an account's Idempotency-Key stands for. */
export const topUpIdOf = ({ accountId }: { accountId: bigint }, key: string): string =>
  stableUuid('top-up', accountId, key);
