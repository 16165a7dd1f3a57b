import type { ApiScope } from '@/lib/domain/api-scope';

import type { Ask, AskWork } from './asked';
import { EVERYONE, MEMBERS, STAFF, type Visitor } from './principals';

/** How those who may not are told so: sent to a page, answered with a status, or both. */
type Kind = 'page' | 'data' | 'link' | 'form' | 'staff';
export type Row = {
  kind: Kind;
  who: readonly Visitor[];
  ask: Ask;
  /** What whoever may is answered. */
  status: number;
  /** What another tenant is answered that names a thing of this one. */
  foreign: number;
  /** It changes something: asked from elsewhere than our own pages, it is refused. */
  changes: boolean;
  /** Only for whoever showed lately that it is them. */
  isConfirmed: boolean;
  /** What its contract does not know is refused, and not passed over. */
  isStrict: boolean;
  /** Where a page sends whoever may not see it, if not to where that is mended. */
  elsewhere: string | null;
  /** For whom it ends otherwise, though their role would do. */
  but: Partial<Record<Visitor, number>>;
  /** Some of those who may, with another status than the others. */
  answered: Partial<Record<Visitor, number>>;
};

const nothing = () => ({});
type More = Partial<
  Pick<Row, 'status' | 'foreign' | 'isConfirmed' | 'isStrict' | 'elsewhere' | 'but' | 'answered'>
>;
const row = (kind: Kind, who: readonly Visitor[], ask: Ask, changes: boolean, more: More): Row => ({
  kind,
  who,
  ask,
  changes,
  status: 200,
  foreign: 404,
  isConfirmed: false,
  isStrict: true,
  elsewhere: null,
  but: {},
  answered: {},
  ...more,
});

/** A page; nobody is sent to sign in, whoever has no account is sent to open one. */
export const page = (who: readonly Visitor[] = MEMBERS, ask: Ask = nothing, more: More = {}) =>
  row('page', who, ask, false, more);
/** Data that our pages read. */
export const reads = (who: readonly Visitor[] = MEMBERS, ask: Ask = nothing, more: More = {}) =>
  row('data', who, ask, false, more);
/** What our pages ask to be done, as JSON. */
export const writes = (who: readonly Visitor[], ask: Ask, more: More = {}) =>
  row('data', who, ask, true, more);
/** A link that leads elsewhere. */
export const leads = (who: readonly Visitor[], ask: Ask, more: More = {}) =>
  row('link', who, ask, false, { status: 303, ...more });
/** A form that works without script, and ends on a page. */
export const posts = (who: readonly Visitor[], ask: Ask, more: More = {}) =>
  row('form', who, ask, true, { status: 303, ...more });
/** Whoever asks is answered, as no secret is in it. */
export const open = (ask: Ask = nothing, more: More = {}) => row('data', EVERYONE, ask, false, more);

/** Of the staff console: for everybody else it is not there. */
export const staffPage = (ask: Ask = nothing) => row('staff', STAFF, ask, false, {});
export const staffReads = (ask: Ask = nothing) => row('staff', STAFF, ask, false, {});
export const staffPosts = (ask: Ask) => row('staff', STAFF, ask, true, { status: 303 });

export type PriceBook = 'dubbing' | 'roughy' | 'dessert' | 'assemblyai' | 'audiopod';
/** An operation of the public API; null: nobody is asked who they are. */
export type Operation = { scope: ApiScope | null; ask: AskWork; book: PriceBook };

export const needs = (
  scope: ApiScope | null,
  ask: AskWork = nothing,
  book: PriceBook = 'dubbing',
): Operation => ({ scope, ask, book });
