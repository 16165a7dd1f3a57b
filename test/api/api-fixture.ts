import { createAdaptorServer } from '@hono/node-server';
import { vi } from 'vitest';

import { createApi } from '@/lib/api/app';
import type { AccountId } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import type { ApiScope } from '@/lib/domain/api-scope';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { type Answer, type Asked, call } from './call';
import { newKey } from './new-key';

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
  setEnvironment({ DATABASE_URL: ledger.urls.appUrl, COFFER_PRICE_BOOK: priceBook });

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
    newKey: (accountId, scopes) => newKey(ledger.db, accountId, scopes),
    call: (method, path, asked) => call(url, method, path, asked),
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
