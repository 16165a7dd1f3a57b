import { type Ask, type Asked, NAMELESS, type Own } from './asked';
import { PAGES, ROUTES } from './matrix';
import { type Visitor, VISITORS } from './principals';
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
      const isAllowed = row.who.includes(visitor) && !isForeign;
      const refused = isForeign ? { status: row.foreign, sentTo: null } : refusal(row, address, visitor);
      const answered = isAllowed ? { status: row.status, sentTo: null } : refused;
      return { visitor, row, method, address, isAllowed, isForeign, ...answered };
    }),
  );
}

function refusal(
  { kind }: Row,
  address: string,
  visitor: Visitor,
): { status: number; sentTo: string | null } {
  const isNobody = ['anonymous', 'signed out', 'disabled', 'key holder'].includes(visitor);
  if (kind === 'page') return { status: 307, sentTo: sentTo(address, visitor, isNobody) };
  if (!isNobody) return { status: 403, sentTo: null };
  return kind === 'data' ? { status: 401, sentTo: null } : { status: 303, sentTo: '/sign-in' };
}

/** Pages that have to do with whoever is signed in, and not with an account. */
const OF_PEOPLE = ['/confirm', '/sign-in', '/sign-in/code'];

function sentTo(address: string, visitor: Visitor, isNobody: boolean): string {
  if (isNobody) return '/sign-in';
  return visitor === 'removed' && !OF_PEOPLE.includes(address) ? '/welcome' : '/';
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
