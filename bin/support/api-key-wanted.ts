import { API_SCOPES, type ApiScope } from '@/lib/domain/api-scope';

import { optionsOf } from './options-of';

export const USAGE = `npm run api-key -- (--account N | --service) --name X [--scopes ${API_SCOPES.join(',')}]`;

/** No account: a key of the company's own backend, for whichever account it names. */
export type ApiKeyWanted = { accountId: bigint | null; name: string; scopes: readonly ApiScope[] };

/** What was asked for, or the one line that says what is wrong with it. */
export function apiKeyWanted(args: string[]): ApiKeyWanted | string {
  const values = valuesOf(args);
  if (typeof values === 'string') return values;
  const { account, service = false, name = '', scopes } = values;
  if ((account === undefined) !== service) return 'Name an account, or say --service: one of them.';
  if (account !== undefined && !/^[1-9]\d{0,17}$/.test(account))
    return `${account} is no account: its number is wanted.`;
  if (name.trim().length < 1 || name.length > 80) return 'Give it a --name of 1 to 80 characters.';
  const named = scopes === undefined ? API_SCOPES : scopes.split(',').map((scope) => scope.trim());
  const known = API_SCOPES.filter((scope) => named.includes(scope));
  if (known.length !== new Set(named).size) return `Scopes are ${API_SCOPES.join(', ')}.`;
  return { accountId: account === undefined ? null : BigInt(account), name: name.trim(), scopes: known };
}

const valuesOf = (args: string[]) =>
  optionsOf(args, {
    account: { type: 'string' },
    service: { type: 'boolean' },
    name: { type: 'string' },
    scopes: { type: 'string' },
  });
