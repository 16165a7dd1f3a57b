export type Row = { id: string; created: number };

/** The rows whose `by` is `is`, for what is asked too often to be looked for. */
type Among = { by: string; is: string };

/** Objects of one kind, kept in the order of Stripe's lists: by creation, then by arrival. */
export type Table<T extends Row> = {
  get(id: string): T | null;
  put(row: T): T;
  remove(id: string): void;
  oldestFirst(after?: string, among?: Among): Iterable<T>;
  newestFirst(after?: string, among?: Among): Iterable<T>;
  size(): number;
  clear(): void;
};

type Entry<T> = { row: T; arrival: number };

const isBefore = <T extends Row>(a: Entry<T>, b: Entry<T>) =>
  a.row.created === b.row.created ? a.arrival < b.arrival : a.row.created < b.row.created;

const positionIn = <T extends Row>(entries: Entry<T>[], entry: Entry<T>): number => {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = entries[middle];
    if (candidate !== undefined && isBefore(candidate, entry)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const insert = <T extends Row>(entries: Entry<T>[], entry: Entry<T>) =>
  entries.splice(positionIn(entries, entry), 0, entry);

/** The values by which a kind of row can be found. */
export type Indexes<T> = Record<string, (row: T) => string | null | undefined>;

/** What to do, last first, to be as before. */
export type Journal = { undo: (() => void)[] | null };

export const createTable = <T extends Row>(
  changed: () => void,
  journal: Journal,
  indexes: Indexes<T>,
): Table<T> => {
  const entries: Entry<T>[] = [];
  let arrivals = 0;
  const byId = new Map<string, Entry<T>>();
  const groups = new Map<string, Entry<T>[]>();

  const groupsOf = (row: T): string[] =>
    Object.entries(indexes).flatMap(([by, read]) => {
      const is = read(row);
      return typeof is === 'string' ? [`${by} ${is}`] : [];
    });
  const join = (name: string, entry: Entry<T>) => {
    const group = groups.get(name) ?? [];
    insert(group, entry);
    groups.set(name, group);
  };
  const leave = (name: string, entry: Entry<T>) => {
    const group = groups.get(name) ?? [];
    group.splice(positionIn(group, entry), 1);
    if (group.length === 0) groups.delete(name);
  };

  const add = (entry: Entry<T>) => {
    byId.set(entry.row.id, entry);
    insert(entries, entry);
    for (const name of groupsOf(entry.row)) join(name, entry);
    journal.undo?.push(() => drop(entry));
  };
  const change = (entry: Entry<T>, row: T) => {
    const was = entry.row;
    const before = groupsOf(was);
    const after = groupsOf(row);
    for (const name of before) if (!after.includes(name)) leave(name, entry);
    entry.row = row;
    for (const name of after) if (!before.includes(name)) join(name, entry);
    journal.undo?.push(() => change(entry, was));
  };
  const drop = (entry: Entry<T>) => {
    entries.splice(positionIn(entries, entry), 1);
    for (const name of groupsOf(entry.row)) leave(name, entry);
    byId.delete(entry.row.id);
    journal.undo?.push(() => add(entry));
  };

  const rowsOf = (among: Among | undefined) =>
    among === undefined ? entries : (groups.get(`${among.by} ${among.is}`) ?? []);

  return {
    get: (id) => byId.get(id)?.row ?? null,
    put(row) {
      changed();
      const known = byId.get(row.id);
      if (known === undefined) add({ row, arrival: arrivals++ });
      else change(known, row);
      return row;
    },
    remove(id) {
      const entry = byId.get(id);
      if (entry === undefined) return;
      changed();
      drop(entry);
    },
    *oldestFirst(after, among) {
      const rows = rowsOf(among);
      const cursor = after === undefined ? undefined : byId.get(after);
      let i = cursor === undefined ? 0 : positionIn(rows, cursor);
      if (cursor !== undefined && rows[i] === cursor) i += 1;
      for (; i < rows.length; i += 1) {
        const entry = rows[i];
        if (entry !== undefined) yield entry.row;
      }
    },
    *newestFirst(after, among) {
      const rows = rowsOf(among);
      const cursor = after === undefined ? undefined : byId.get(after);
      for (let i = (cursor === undefined ? rows.length : positionIn(rows, cursor)) - 1; i >= 0; i -= 1) {
        const entry = rows[i];
        if (entry !== undefined) yield entry.row;
      }
    },
    size: () => entries.length,
    clear() {
      changed();
      entries.splice(0);
      byId.clear();
      groups.clear();
    },
  };
};
