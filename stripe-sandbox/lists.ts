import { invalidRequest } from './errors';
import { integer, range, text, within, type Range } from './params';
import type { Row, Table } from './table';

/** What every list of Stripe's takes. */
export const paging = { limit: integer(), starting_after: text(), ending_before: text() };
export const dated = { ...paging, created: range() };

export type Paging = { limit?: number; starting_after?: string; ending_before?: string; created?: Range };
export type List<T> = { object: 'list'; data: T[]; has_more: boolean; url: string };

type Wanted<T> = { where: (row: T) => boolean; isPast: (row: T) => boolean; count: number };

/** The first rows that are wanted, looking no further than where none can follow. */
const take = <T>(rows: Iterable<T>, { where, isPast, count }: Wanted<T>): T[] => {
  const taken: T[] = [];
  for (const row of rows) {
    if (isPast(row)) break;
    if (!where(row)) continue;
    taken.push(row);
    if (taken.length === count) break;
  }
  return taken;
};

const requireOneCursor = ({ starting_after: after, ending_before: before }: Paging) => {
  if (after !== undefined && before !== undefined) {
    throw invalidRequest(
      'Received both starting_after and ending_before parameters. Please pass in only one.',
    );
  }
};

const limitOf = ({ limit = 10 }: Paging): number => Math.min(100, Math.max(1, limit));

/** One page, newest first. One row more than asked for tells whether there are more. */
export const page = <T extends Row>(
  table: Table<T>,
  {
    url,
    kind,
    params,
    among: keys = {},
    where,
  }: {
    url: string;
    kind: string;
    params: Paging;
    /** The values that narrow the search to a part of the table; those not given narrow nothing. */
    among?: Record<string, string | undefined>;
    where: (row: T) => boolean;
  },
): List<T> => {
  const { starting_after: after, ending_before: before } = params;
  requireOneCursor(params);
  for (const [param, id] of [
    ['starting_after', after],
    ['ending_before', before],
  ] as const) {
    if (id !== undefined && table.get(id) === null) {
      throw invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param });
    }
  }
  const wanted = (row: T) => within(row.created, params.created) && where(row);
  const among = Object.entries(keys).flatMap(([by, is]) => (is === undefined ? [] : [{ by, is }]))[0];
  const limit = limitOf(params);
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = params.created ?? {};
  const isTooOld = ({ created }: T) => created < gte || created <= gt;
  const isTooNew = ({ created }: T) => created > lte || created >= lt;
  const found =
    before === undefined
      ? take(table.newestFirst(after, among), { where: wanted, isPast: isTooOld, count: limit + 1 })
      : take(table.oldestFirst(before, among), { where: wanted, isPast: isTooNew, count: limit + 1 });
  const data = found.slice(0, limit);
  return {
    object: 'list',
    data: before === undefined ? data : data.toReversed(),
    has_more: found.length > limit,
    url,
  };
};

/** One page of a list that an object carries, in its own order. */
export const pageOf = <T extends { id: string }>(
  rows: T[],
  { url, kind, params }: { url: string; kind: string; params: Paging },
): List<T> => {
  const { starting_after: after, ending_before: before } = params;
  const at = (id: string, param: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index === -1) throw invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param });
    return index;
  };
  requireOneCursor(params);
  const limit = limitOf(params);
  const end = before === undefined ? rows.length : at(before, 'ending_before');
  const begin = after === undefined ? 0 : at(after, 'starting_after') + 1;
  const start = before === undefined ? begin : Math.max(0, end - limit);
  const data = rows.slice(start, Math.min(end, start + limit));
  return { object: 'list', data, has_more: before === undefined ? start + limit < end : start > 0, url };
};

/** A list that is whole: the lines of a session, the payments of an invoice. */
export const whole = <T>(data: T[], url: string): List<T> => ({ object: 'list', data, has_more: false, url });

/** As many as Stripe shows of a list inside an object; the rest is a request away. */
const SHOWN_INSIDE = 10;

const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const cut = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(cut);
  if (!isNode(value)) return value;
  const shown = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]));
  const { object, data } = shown;
  return object === 'list' && Array.isArray(data) && data.length > SHOWN_INSIDE
    ? { ...shown, data: data.slice(0, SHOWN_INSIDE), has_more: true, total_count: data.length }
    : shown;
};

/** An object, or a page of objects, with the first few of each list inside it. */
export const shortened = <T extends object>(answer: T): T =>
  Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [
      key,
      key === 'data' && Array.isArray(value) ? value.map(cut) : cut(value),
    ]),
  ) as T;
