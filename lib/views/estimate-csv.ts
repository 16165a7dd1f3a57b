import { type CsvError, parse } from 'csv-parse/sync';

import { type Estimate, type EstimateCsv, MOST_ESTIMATED } from '@/lib/contracts/estimate';
import type { AccountCtx } from '@/lib/db/context';
import { WORK_COLUMNS, type WorkColumn } from '@/lib/domain/work-of-record';

import { readEstimate } from './estimate';

type Row = { line: number; cells: readonly string[] };
type Mistake = { line: number; message: string };

/** What a table of work would cost; what is wrong in it is said by its line in the file. */
export async function estimateCsv(ctx: AccountCtx, { csv }: EstimateCsv): Promise<Estimate> {
  const { rows, mistakes } = rowsOf(csv);
  const [head, ...lines] = rows;
  if (head === undefined) return mistaken(1, 'The file is empty. Its first line names the columns.');
  const columns = head.cells.map((name) => name.toLowerCase());
  const strange = columns.find((name) => !isColumn(name));
  if (strange !== undefined)
    return mistaken(head.line, `“${strange}” is no column. Known: ${WORK_COLUMNS.join(', ')}.`);
  if (new Set(columns).size < columns.length) return mistaken(head.line, 'A column is there twice.');
  if (lines.length === 0 && mistakes.length === 0)
    return mistaken(head.line, 'There is no line of work below the columns.');
  if (lines.length > MOST_ESTIMATED)
    return mistaken(head.line, `At most ${MOST_ESTIMATED} lines are estimated at once.`);

  const isWhole = ({ cells }: Row) => cells.length === columns.length;
  const torn = lines
    .filter((row) => !isWhole(row))
    .map(({ line, cells }) => ({
      line,
      message: `has ${cells.length} cells where the first line has ${columns.length}.`,
    }));
  const written = lines.filter(isWhole).map(({ line, cells }) => ({
    line,
    record: Object.fromEntries(columns.map((name, index) => [name, cells[index]])),
  }));
  return readEstimate(ctx, written, [...mistakes, ...torn]);
}

const isColumn = (name: string): name is WorkColumn => WORK_COLUMNS.some((known) => known === name);
const mistaken = (line: number, message: string): Estimate => ({
  kind: 'mistakes',
  mistakes: [{ line, message }],
});

function rowsOf(csv: string): { rows: Row[]; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const rows = parse(csv, {
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      mistakes.push({
        line: typeof error?.['lines'] === 'number' ? error['lines'] : 1,
        message: 'has quotation marks that do not belong together.',
      });
    },
    info: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return { rows: rows.map(({ record, info }) => ({ line: info.lines, cells: record })), mistakes };
}
