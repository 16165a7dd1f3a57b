import { beforeAll, expect, test } from 'vitest';

import { listAuditLines } from '@/lib/db/audit-log';
import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { wholeCredits } from '@/lib/domain/credits';
import { findDueBills } from '@/lib/jobs/bills';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { stopClock } from '@/test/database/ledger-clock';
import { queued } from '@/test/database/queued';
import { staffIn } from '@/test/staff/staff';
import { anAccountOnTerms } from '@/test/stripe/on-terms';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { endInvoiceTerms, setInvoiceTerms } from './set-invoice-terms';

const { ledger } = await ledgerAndStripe();
beforeAll(() => stopClock(ledger.urls, new Date('2026-10-01T12:00:00Z')));

const SINCE = '2026-10-05T12:00:00Z';
const LATER = '2026-10-07T12:00:00Z';
const WANTED = { netDays: 14, poNumber: null, creditLimit: wholeCredits(5n), reason: 'a smaller limit' };

test('who set terms, why, and what they were before stands in the audit log', async () => {
  const account = await anAccountOnTerms(ledger, { since: SINCE, poNumber: 'PO-1' });
  await setInvoiceTerms(account.byStaff(LATER), WANTED);
  const lines = await listAuditLines(ledger.db, { accountId: account.accountId }, 10);
  expect(lines).toMatchObject([
    {
      action: 'set-terms',
      role: 'finance',
      reason: 'a smaller limit',
      before: { net_days: '30', po_number: 'PO-1' },
      after: { net_days: '14', po_number: null, limit: '5000000' },
    },
    { action: 'set-terms', reason: 'signed', before: null },
  ]);
});

test('an account that owes cannot leave its terms, nor owe less than it does; one that owes nothing can', async () => {
  const account = await anAccountOnTerms(ledger, { since: SINCE });
  await account.uses(10, 'dubbing', '2026-10-06T12:00:00Z');
  const conflict = { code: 'conflict' };
  await expect(setInvoiceTerms(account.byStaff(LATER), WANTED)).rejects.toMatchObject(conflict);
  await expect(endInvoiceTerms(account.byStaff(LATER), { reason: 'over' })).rejects.toMatchObject(conflict);

  const other = await anAccountOnTerms(ledger, { since: SINCE });
  await endInvoiceTerms(other.byStaff(LATER), { reason: 'over' });
  await expect(other.uses(1, 'dubbing', LATER)).rejects.toThrow('insufficient');
  await expect(endInvoiceTerms(other.byStaff(LATER), { reason: 'over' })).rejects.toMatchObject(conflict);
  await findDueBills({ db: ledger.db, now: new Date('2027-01-01T12:00:00Z') });
  expect(await queued(ledger, 'bill-months', other.accountId)).toEqual([]);
  expect(await queued(ledger, 'bill-months', account.accountId)).toHaveLength(1);
});

test('one whose card is charged automatically gets none', async () => {
  const accountId = await ledger.newAccount();
  const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  const ctx = { ...(await staffIn(ledger, 'admin')), accountId };
  await expect(setInvoiceTerms(ctx, WANTED)).rejects.toThrow('automatic top-up is on');
});

test.each([
  { who: 'support', role: 'support', isMember: false },
  { who: 'a member of the account', role: 'admin', isMember: true },
] as const)('$who may not set them', async ({ role, isMember }) => {
  const accountId = await ledger.newAccount();
  const ctx = { ...(await staffIn(ledger, role, isMember ? [accountId] : [])), accountId };
  await expect(setInvoiceTerms(ctx, WANTED)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(endInvoiceTerms(ctx, { reason: 'over' })).rejects.toMatchObject({ code: 'forbidden' });
});
