import { createAdaptorServer } from '@hono/node-server';
import { vi } from 'vitest';

import { createApi } from '@/lib/api/app';
import { newApiKey } from '@/lib/auth/api-keys';
import { keepApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { API_SCOPES, type ApiScope } from '@/lib/domain/api-scope';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

type Answer = {
  status: number;
  headers: Headers;
  /** What the JSON says: each test knows what it expects there. */
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
};
type Asked = { key?: string; headers?: Record<string, string>; body?: unknown };

export type ApiFixture = {
  ledger: LedgerFixture;
  url: string;
  newKey: (accountId: AccountId | null, scopes?: readonly ApiScope[]) => Promise<string>;
  call: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  close: () => Promise<void>;
};

/** The public API under one price book, served over HTTP, on a database of its own. */
export async function apiFixture(priceBook: string): Promise<ApiFixture> {
  const ledger = await ledgerFixture();
  const variables = {
    DATABASE_URL: ledger.urls.appUrl,
    APP_URL: 'http://app.test',
    COFFER_PRICE_BOOK: priceBook,
    AUTH_SECRET: 'a secret of these tests, 32 characters',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'billing@app.test',
    STRIPE_SECRET_KEY: 'sk_test_of_these_tests',
    STRIPE_WEBHOOK_SECRETS: 'whsec_of_these_tests',
    LOG_LEVEL: 'silent',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);

  const server = createAdaptorServer({ fetch: createApi().fetch });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const url = `http://127.0.0.1:${port}`;

  return {
    ledger,
    url,
    newKey: async (accountId, scopes = API_SCOPES) => {
      const { text, hash, prefix } = newApiKey(accountId === null ? 'service' : 'account');
      await keepApiKey(ledger.db, {
        accountId,
        hash,
        prefix,
        scopes,
        name: 'Test',
        createdBy: null,
        expiresAt: null,
      });
      return text;
    },
    call: async (method, path, { key, headers, body } = {}) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await database().close();
      await ledger.close();
      vi.unstubAllEnvs();
    },
  };
}
