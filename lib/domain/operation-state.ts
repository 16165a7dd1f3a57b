/** How a hold can stand. The database's `hold_state` lists the same words. */
export const HOLD_STATES = ['open', 'settled', 'released', 'expired'] as const;

/** How an operation can stand. The database's `operation_state` lists the same words. */
export const OPERATION_STATES = ['running', 'settled', 'pending_payment', 'failed', 'purged'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];
