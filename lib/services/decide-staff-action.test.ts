import { describe, expect, test } from 'vitest';

import type { StaffAccountCtx } from '@/lib/db/context';
import { actionsIn, credit } from '@/test/staff/actions';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForStaffAction } from './ask-for-staff-action';
import { decideStaffAction } from './decide-staff-action';

const { ledger } = await ledgerAndStripe();
const { at, entriesOf, linesAbout, stateOf } = actionsIn(ledger);

describe('what needs a second person', () => {
  test('waits, and is done when one agrees, once', async () => {
    const joan = await at('support');
    const hedy = await at('finance', joan.accountId);
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    expect(await stateOf(joan, wanted.id)).toBe('waiting');
    expect(await entriesOf(joan.accountId)).toEqual([]);
    const agree = () =>
      decideStaffAction(hedy, { id: wanted.id, decision: 'approve', because: 'Seen the ticket' });
    await Promise.all([agree(), agree()]);
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 10_000 }]);
    expect(await linesAbout(wanted.id)).toEqual(['ask-for-action', 'approve-action', 'do-action']);
  });

  test('is never done once it was declined', async () => {
    const joan = await at('support');
    const hedy = await at('finance', joan.accountId);
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    await decideStaffAction(hedy, { id: wanted.id, decision: 'decline', because: 'No ticket' });
    await decideStaffAction(hedy, { id: wanted.id, decision: 'approve', because: 'Changed my mind' });
    await askForStaffAction(joan, wanted);
    expect(await stateOf(joan, wanted.id)).toBe('declined');
    expect(await entriesOf(joan.accountId)).toEqual([]);
  });

  test.each<{ who: string; decider: (asker: StaffAccountCtx) => Promise<StaffAccountCtx> }>([
    { who: 'whoever asked', decider: async (asker) => asker },
    { who: 'support', decider: ({ accountId }) => at('support', accountId) },
    { who: 'a member of the account', decider: ({ accountId }) => at('admin', accountId, [accountId]) },
  ])('is not agreed to by $who', async ({ decider }) => {
    const asker = await at('finance');
    const wanted = credit(1_000n);
    await askForStaffAction(asker, wanted);
    const other = await decider(asker);
    await expect(
      decideStaffAction(other, { id: wanted.id, decision: 'approve', because: 'It is fine' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(asker, wanted.id)).toBe('waiting');
  });

  test('is not there under another account', async () => {
    const asker = await at('support');
    const wanted = credit(100n);
    await askForStaffAction(asker, wanted);
    const elsewhere = await at('finance');
    await expect(
      decideStaffAction(elsewhere, { id: wanted.id, decision: 'approve', because: 'It is fine' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the database itself refuses that whoever asked agrees', async () => {
    const joan = await at('support');
    const wanted = credit(100n);
    await askForStaffAction(joan, wanted);
    const forged = `UPDATE staff_actions SET state = 'doing', decided_by = asked_by, decided_at = now() WHERE id = '${wanted.id}'`;
    await expect(ledger.db.pool.query(forged)).rejects.toThrow('staff_actions_by_two');
    for (const what of ['amount = 1', 'worth_cents = 0', 'asked_by = asked_by', `reason = 'other'`])
      await expect(ledger.db.pool.query(`UPDATE staff_actions SET ${what}`)).rejects.toThrow(
        'permission denied',
      );
  });
});
