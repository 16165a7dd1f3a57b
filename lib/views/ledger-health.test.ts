import { expect, test } from 'vitest';

import { auditAccount, freezeAccount } from '@/lib/db/ledger/audit';
import { keepFinding } from '@/lib/db/reconciliation';
import { credits } from '@/lib/domain/credits';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { readLedgerHealth } from './ledger-health';

const ledger = await ledgerOfFile();

test('says what was verified, what is frozen, what waits and what does not agree', async () => {
  const [verified, frozen] = [await ledger.newAccount(), await ledger.newAccount()];
  await auditAccount(ledger.db, verified);
  await freezeAccount(ledger.db, { accountId: frozen, because: 'Stolen cards' });
  await ledger.asOwner(
    `INSERT INTO stripe_events (event_id, type, object_id, api_version, created_at) VALUES ('evt_1', 'charge.updated', 'ch_1', '1', now())`,
  );
  await ledger.asOwner(
    `INSERT INTO outbox (account_id, topic, key, created_at) VALUES ($1, 'operation.settled', 'k', now())`,
    [verified],
  );
  await keepFinding(ledger.db, {
    class: 'paid-not-credited',
    subject: 'a purchase',
    accountId: verified,
    entry: credits(5n),
    detail: 'Stripe has the money.',
    paidAt: null,
    at: new Date(),
  });
  expect(await readLedgerHealth(ledger)).toMatchObject({
    accounts: 2n,
    neverVerified: 1n,
    lastVerifiedAt: expect.any(Date),
    frozen: [{ accountId: frozen, because: 'Stolen cards' }],
    inbox: { unhandled: 1n, oldestAt: expect.any(Date) },
    outbox: { unsent: 1n },
    findings: [{ class: 'paid-not-credited', subject: 'a purchase', entry: 5n }],
    workers: { alive: 0n, lastSeenAt: null },
    givenUp: [],
  });
});
