/** Why a line stands on the ledger. The database's `entry_kind` lists the same words. */
export const ENTRY_KINDS = [
  'consume',
  'topup',
  'refund',
  'restore',
  'adjustment',
  'bonus',
  'allowance',
  'expiry',
  'clawback',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];
