import { noSuch } from './errors';
import type { Row, Table } from './table';

/** A row by its id, or Stripe's refusal: a 404 about a path, a 400 about the parameter that named it. */
export const known = <T extends Row>(table: Table<T>, kind: string, id: string, param = 'id'): T => {
  const row = table.get(id);
  if (row === null) throw noSuch(kind, id, param);
  return row;
};
