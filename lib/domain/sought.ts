import { normalizeEmail } from './email-address';

/** What a text that a customer sent may name. */
export type Sought =
  | { kind: 'email'; text: string }
  | { kind: 'account'; accountId: bigint }
  | { kind: 'payment'; text: string }
  | { kind: 'charge'; text: string }
  | { kind: 'invoice'; text: string }
  | { kind: 'payment-page'; text: string }
  | { kind: 'customer'; text: string }
  | { kind: 'money-back'; text: string }
  | { kind: 'credit-note'; text: string }
  | { kind: 'api-key'; text: string }
  | { kind: 'top-up'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'name'; text: string }
  | { kind: 'reference'; text: string }
  | { kind: 'request'; text: string; accountId: bigint }
  | { kind: 'card-payment'; last4: string; amount: string; day: string };

/** An account that a text named. */
export type FoundAccount = {
  accountId: bigint;
  accountName: string;
  /** What of the account it was. */
  by: Sought['kind'];
  /** As its table names it. */
  object: string;
  topUpId: string | null;
};

const LONGEST = 200;
/** As much of an API key as is kept of it in plain text. */
const SHOWN_OF_KEY = 16;

const STRIPE_IDS: readonly [
  RegExp,
  'payment' | 'charge' | 'invoice' | 'payment-page' | 'customer' | 'money-back' | 'credit-note',
][] = [
  [/^pi_\w+$/, 'payment'],
  [/^(?:ch|py)_\w+$/, 'charge'],
  [/^in_\w+$/, 'invoice'],
  [/^cs_\w+$/, 'payment-page'],
  [/^cus_\w+$/, 'customer'],
  [/^(?:re|pyr|dp|du)_\w+$/, 'money-back'],
  [/^cn_\w+$/, 'credit-note'],
];
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const API_KEY = /^cof_(?:live|service)_[\w-]*$/;

/** All that a text may name; nothing where it is empty or longer than anything that we gave out. */
export function soughtIn(given: string): Sought[] {
  const text = given.trim().replaceAll(/\s+/g, ' ');
  if (text === '' || text.length > LONGEST) return [];
  for (const [shape, kind] of STRIPE_IDS) if (shape.test(text)) return [{ kind, text }];
  if (API_KEY.test(text)) return [{ kind: 'api-key', text: text.slice(0, SHOWN_OF_KEY) }];
  const email = normalizeEmail(text);
  if (email !== null) return [{ kind: 'email', text: email }];
  return requestIn(text) ?? cardPaymentIn(text) ?? [...wordsIn(text)];
}

/** `account 7 req_…`: nothing finds a request but its account. */
function requestIn(text: string): Sought[] | null {
  const [, account, request] = /^(?:account )?#?([1-9]\d{0,17}) (req_\w+)$/i.exec(text) ?? [];
  return account === undefined || request === undefined
    ? null
    : [{ kind: 'request', text: request, accountId: BigInt(account) }];
}

/** `4242 50.00 2026-11-20`: what a statement of a card says. */
function cardPaymentIn(text: string): Sought[] | null {
  const [, last4, amount, day] =
    /^[*·•x ]*(\d{4}) [$€£]?(\d[\d,]*(?:\.\d+)?) (\d{4}-\d{2}-\d{2})$/i.exec(text) ?? [];
  return last4 === undefined || amount === undefined || day === undefined
    ? null
    : [{ kind: 'card-payment', last4, amount, day }];
}

function* wordsIn(text: string): Generator<Sought> {
  const [, account] = /^(?:account )?#?([1-9]\d{0,17})$/i.exec(text) ?? [];
  if (account !== undefined) yield { kind: 'account', accountId: BigInt(account) };
  if (UUID.test(text)) yield { kind: 'top-up', text: text.toLowerCase() };
  if (/^[\w-]+$/.test(text)) yield { kind: 'number', text: text.toUpperCase() };
  yield { kind: 'name', text: text.toLowerCase() };
  yield { kind: 'reference', text };
}

/** The same text as a log may keep it: of an API key, no more than is no secret. */
export const soughtAsLogged = (given: string): string =>
  given
    .trim()
    .slice(0, LONGEST)
    .replaceAll(/cof_(?:live|service)_[\w-]*/g, (key) => key.slice(0, SHOWN_OF_KEY));
