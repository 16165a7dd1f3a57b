/** The ledger does not add up after the measurement: its figures mean nothing. */
export class UnsoundLedger extends Error {}
