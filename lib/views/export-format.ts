import type { LedgerExportQuery } from '@/lib/contracts/ledger-export';
import type { Credits } from '@/lib/domain/credits';
import { decimalOf } from '@/lib/domain/decimal';
import type { EntryKind } from '@/lib/domain/entry';
import { numberOf } from '@/lib/domain/number-of';

import { csv } from './csv';

export type ExportedEntry = {
  seq: bigint;
  kind: EntryKind;
  delta: Credits;
  balanceAfter: Credits;
  reference: string;
  service: string | null;
  apiKeyId: string | null;
  ofSeq: bigint | null;
  durationMs: string | null;
  createdAt: Date;
  localTime: string;
};
export type ExportTotal = { count: bigint; delta: Credits };

type Format = {
  head: () => string;
  rows: (rows: readonly ExportedEntry[]) => string;
  total: (total: ExportTotal, balanceAfter: Credits | null) => string;
  checksum: (sha256: string) => string;
};

const COLUMNS = [
  'number',
  'time',
  'local_time',
  'kind',
  'service',
  'api_key',
  'reference',
  'answers',
  'credits',
  'balance_after',
  'duration_seconds',
];

const secondsOf = ({ durationMs }: ExportedEntry) =>
  durationMs === null ? null : numberOf(BigInt(durationMs)) / 1_000;

/** How entries are written out, and what is said of them at the end. */
export const EXPORT_FORMATS: Record<LedgerExportQuery['format'], Format> = {
  csv: {
    head: () => csv([COLUMNS]),
    rows: (rows) =>
      csv(
        rows.map((row) => [
          `${row.seq}`,
          row.createdAt,
          row.localTime,
          row.kind,
          row.service,
          row.apiKeyId,
          row.reference,
          row.ofSeq?.toString(),
          row.delta,
          row.balanceAfter,
          secondsOf(row),
        ]),
      ),
    total: ({ count, delta }, balanceAfter) =>
      csv([['total', null, null, `${count} entries`, null, null, null, null, delta, balanceAfter, null]]),
    checksum: (sha256) => csv([['sha256', null, null, null, null, null, sha256, null, null, null, null]]),
  },
  json: {
    head: () => '',
    rows: (rows) =>
      rows
        .map((row) =>
          line({
            number: `${row.seq}`,
            time: row.createdAt,
            localTime: row.localTime,
            kind: row.kind,
            service: row.service,
            apiKeyId: row.apiKeyId,
            reference: row.reference,
            answers: row.ofSeq?.toString() ?? null,
            credits: decimalOf(row.delta),
            balanceAfter: decimalOf(row.balanceAfter),
            durationSeconds: secondsOf(row),
          }),
        )
        .join(''),
    total: ({ count, delta }, balanceAfter) =>
      line({
        total: decimalOf(delta),
        entries: numberOf(count),
        balanceAfter: balanceAfter === null ? null : decimalOf(balanceAfter),
      }),
    checksum: (sha256) => line({ sha256 }),
  },
};

const line = (record: object) => `${JSON.stringify(record)}\n`;
