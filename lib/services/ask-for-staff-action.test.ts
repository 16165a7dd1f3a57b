import { describe, expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { queued } from '@/test/database/queued';
import { actionsIn, credit } from '@/test/staff/actions';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForStaffAction } from './ask-for-staff-action';
import { planStaffAction } from './plan-staff-action';

const { ledger } = await ledgerAndStripe();
const { at, entriesOf, linesAbout, stateOf } = actionsIn(ledger);

describe('what one of staff may do alone', () => {
  test('is done once, however often the form is sent, even at once', async () => {
    const joan = await at('support');
    const wanted = credit(20n);
    const ask = () => askForStaffAction(joan, wanted);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 2000 }]);
    expect(await linesAbout(wanted.id)).toEqual(['ask-for-action', 'do-action']);
    expect(await queued(ledger, 'tell-staff-action', joan.accountId)).toMatchObject([{ id: wanted.id }]);
  });

  test('is planned first, and the plan changes nothing', async () => {
    const joan = await at('support');
    const plan = await planStaffAction(joan, credit(20n));
    expect(plan).toMatchObject({
      verdict: { kind: 'do' },
      worth: 20_00n,
      balanceBefore: 0n,
      balanceAfter: wholeCredits(2000n),
      obstacle: null,
    });
    expect(await entriesOf(joan.accountId)).toEqual([]);
  });

  test('is its limit within a day, also on many accounts and at once', async () => {
    const joan = await at('support');
    const others = await Promise.all([1, 2, 3, 4].map(() => ledger.newAccount()));
    const wanted = others.map((accountId) => ({ ctx: { ...joan, accountId }, action: credit(10n) }));
    await Promise.all(wanted.map(({ ctx, action }) => askForStaffAction(ctx, action)));
    const states = await Promise.all(wanted.map(({ ctx, action }) => stateOf(ctx, action.id)));
    expect(states.filter((state) => state === 'done')).toHaveLength(2);
    expect(states.filter((state) => state === 'waiting')).toHaveLength(2);
  });

  test('is never on an account of their own, and asking for it leaves nothing', async () => {
    const accountId = await ledger.newAccount();
    const joan = await at('admin', accountId, [accountId]);
    const wanted = credit(1n);
    await expect(askForStaffAction(joan, wanted)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(joan, wanted.id)).toBeUndefined();
    expect(await entriesOf(accountId)).toEqual([]);
  });

  test('a form that was changed after it was used is refused', async () => {
    const joan = await at('support');
    const wanted = credit(5n);
    await askForStaffAction(joan, wanted);
    await expect(askForStaffAction(joan, { ...credit(6n), id: wanted.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await entriesOf(joan.accountId)).toEqual([{ kind: 'adjustment', credits: 500 }]);
  });
});
