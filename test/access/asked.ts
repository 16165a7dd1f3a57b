/** What is asked of an address: parts of its path, its query, and a body as JSON or as a form. */
export type Asked = {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
};

/** Things of one tenant, made when they are asked for: a row that asks for one names it, and is tried with another tenant's. */
export type Own = {
  entry: () => Promise<string>;
  apiKey: () => Promise<string>;
  card: () => Promise<string>;
  creditNote: () => Promise<string>;
  delivery: () => Promise<{ endpointId: string; eventId: string }>;
  endpoint: () => Promise<string>;
  invitation: () => Promise<string>;
  invoice: () => Promise<string>;
  link: () => Promise<string>;
  /** A member whom nobody needs. */
  member: () => Promise<string>;
  recovery: () => Promise<string>;
  /** A sign-in session of the one who asks. */
  session: () => Promise<string>;
  topUp: () => Promise<string>;
  /** The number of the account. */
  account: () => Promise<string>;
  /** What the page of auto top-up shows before it is agreed to. */
  agreement: () => Promise<Readonly<Record<string, unknown>>>;
  /** Auto top-up is paused for no reason that stands. */
  mayGoOn: () => Promise<void>;
  /** Another owner is there, so that one may leave. */
  successor: () => Promise<void>;
};
/** Not things of a tenant's, though each tenant is asked for its own. */
export const NAMELESS: readonly PropertyKey[] = ['agreement', 'mayGoOn', 'successor'] satisfies (keyof Own)[];
export type Ask = (own: Own) => Promise<Asked> | Asked;

/** Things of the public API's. */
export type OwnWork = {
  operation: () => Promise<string>;
  asset: () => Promise<string>;
  session: () => Promise<string>;
  /** Only where nothing of a tenant is named. */
  credentials: () => Promise<{ email: string; password: string }>;
};
export type AskWork = (own: OwnWork) => Promise<Asked> | Asked;
