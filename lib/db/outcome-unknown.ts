/** PostgreSQL's codes for what may succeed when tried again: lost connections, deadlocks, shutdowns, no free slot. */
const TRANSIENT = /^(08|40|53|57P0|57014|55P03)/;

/** Whether a statement failed on its way rather than for what it said: it may or may not have been carried out. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return TRANSIENT.test(code) || /^E[A-Z]+$/.test(code) || /connection|timeout/i.test(error.message);
}
