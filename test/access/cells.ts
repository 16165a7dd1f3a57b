import { type Ask, type Asked, NAMELESS, type Own } from './asked';
import { PAGES, ROUTES } from './matrix';
import { MEMBERS, NOBODY, STAFF, type Visitor, VISITORS } from './principals';
import type { Row } from './rows';

/** One visitor at one address: what is asked, and what is to be answered. */
export type Cell = {
  visitor: Visitor;
  row: Row;
  method: string;
  address: string;
  isAllowed: boolean;
  /** Whose things are named: the visitor's own, or those of the tenant that they do not belong to. */
  isForeign: boolean;
  status: number;
  /** Where whoever is refused is sent. */
  sentTo: string | null;
};

const ROWS = [
  ...Object.entries(PAGES).map(([address, row]) => ({ method: 'GET', address, row })),
  ...Object.entries(ROUTES).map(([name, row]) => {
    const [method = '', address = ''] = name.split(' ');
    return { method, address, row };
  }),
];

/** The whole table of the web application. */
export function cells(): Cell[] {
  return ROWS.flatMap(({ method, address, row }) =>
    VISITORS.map((visitor) => {
      const isForeign = visitor === 'stranger' && names(row.ask);
      const refused = refusalOf({ row, address, visitor, isForeign });
      const answered = refused ?? { status: row.answered[visitor] ?? row.status, sentTo: null };
      return { visitor, row, method, address, isAllowed: refused === null, isForeign, ...answered };
    }),
  );
}

type Asking = { row: Row; address: string; visitor: Visitor; isForeign: boolean };
type Refusal = { status: number; sentTo: string | null };

/** Null: they may. */
function refusalOf({ row, address, visitor, isForeign }: Asking): Refusal | null {
  const status = row.but[visitor];
  if (status !== undefined) return { status, sentTo: null };
  if (!row.who.includes(visitor)) return notAmong(row, address, visitor);
  if (isForeign) return { status: row.foreign, sentTo: null };
  return row.isConfirmed && visitor === 'stale owner' ? { status: 403, sentTo: null } : null;
}

function notAmong({ kind, elsewhere }: Row, address: string, visitor: Visitor): Refusal {
  if (kind === 'staff') return { status: 404, sentTo: null };
  if (kind === 'page') return { status: 307, sentTo: elsewhere ?? sentTo(address, visitor) };
  if (!NOBODY.includes(visitor)) return { status: 403, sentTo: null };
  return kind === 'data' ? { status: 401, sentTo: null } : { status: 303, sentTo: '/sign-in' };
}

/** Whoever is signed in is done there. */
const OF_SIGNING_IN = ['/sign-in', '/sign-in/code', '/confirm'];

function sentTo(address: string, visitor: Visitor): string {
  if (visitor === 'owes a code' && address === '/sign-in') return '/sign-in/code';
  if (NOBODY.includes(visitor)) return '/sign-in';
  if (OF_SIGNING_IN.includes(address) || MEMBERS.includes(visitor)) return '/';
  return STAFF.includes(visitor) ? '/staff' : '/welcome';
}

/** Whether a thing of a tenant's is named, by asking for one. */
function names(ask: Ask): boolean {
  let isNamed = false;
  const nothing = new Proxy({} as Own, {
    get: (_, name) => async () => {
      isNamed ||= !NAMELESS.includes(name);
      return {};
    },
  });
  void ask(nothing);
  return isNamed;
}

/** The address with what is asked put into it. */
export function addressOf(address: string, { path = {}, query = {} }: Asked): string {
  const filled = address.replaceAll(/\[(?:\.\.\.)?(\w+)\]|\{(\w+)\}/g, (_, next: string, openApi: string) =>
    encodeURIComponent(path[next ?? openApi] ?? 'x'),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
