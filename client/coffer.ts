import createClient, { type Client } from 'openapi-fetch';

import type { paths } from './schema';

type Options = {
  /** Where the API is: `https://billing.example.com`. */
  url: string;
  /** An account key, a service key, or a member's token. */
  key: string;
  /** For which account a service key acts. */
  account?: string;
};

/** A typed client of the public API. Each call answers `{ data }` or `{ error }`, and throws only when nothing answered. */
export const coffer = ({ url, key, account }: Options): Client<paths> =>
  createClient<paths>({
    baseUrl: `${url.replace(/\/$/, '')}/v1`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(account === undefined ? {} : { 'coffer-account': account }),
    },
  });
