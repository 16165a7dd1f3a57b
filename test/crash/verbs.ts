import { listOpenBills } from '@/lib/db/bills';
import { type AccountId, accountOfRow } from '@/lib/db/context';
import type { Database } from '@/lib/db/database';
import { cents } from '@/lib/domain/credits';
import { handleStripeEvent } from '@/lib/jobs/handle-stripe-event';
import { billMonths } from '@/lib/services/bill-months';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { endLostClaim } from '@/lib/services/end-lost-claim';
import { payRecovery } from '@/lib/services/pay-recovery';
import { receiveStripeEvent } from '@/lib/services/receive-stripe-event';
import { reconcileTopUp } from '@/lib/services/reconcile-top-up';
import { refundPurchase } from '@/lib/services/refund-purchase';
import { returnFromSavingCard } from '@/lib/services/return-from-saving-card';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { sendBill } from '@/lib/services/send-bill';
import { setAutoTopUp } from '@/lib/services/set-auto-top-up';
import { settleMoneyBack } from '@/lib/services/settle-money-back';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';

/** What is known of the world that a verb is called in, as far as another process can be told. */
export type VerbInput = Readonly<Record<string, string>> & { accountId: string };

type Given = (name: string) => string;
type Call = (ctx: { db: Database; now: Date; accountId: AccountId }, given: Given) => Promise<unknown>;

const RETURN_URL = 'https://app.test/recovery/link';
const WHERE = { apiKeyId: null, ipAddress: '192.0.2.1', userAgent: 'a browser' };

/** Each flow of money, as it is called by whoever calls it. Called a second time it is the same call. */
const calls = {
  startTopUp: (ctx, given) =>
    startTopUp(
      { ...ctx, userId: given('userId') },
      { id: given('topUpId'), packageId: '5000', savesCard: false },
    ),
  settleTopUp: (ctx, given) => settleTopUp(ctx, { ...ctx, id: given('topUpId') }),
  hearOfEvent: async ({ db, now }, given) => {
    const body = Buffer.from(given('body'));
    await receiveStripeEvent({ db, now }, { body, signature: given('signature') });
    await handleStripeEvent({ db, now }, { eventId: given('eventId') });
  },
  runAutoTopUp: async (ctx) => {
    const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
    if (topUpId !== null) await chargeAutoTopUp(ctx, { ...ctx, id: topUpId });
  },
  payRecovery: (ctx, given) =>
    payRecovery(ctx, { topUpId: given('topUpId'), attempt: 2, card: given('card'), returnUrl: RETURN_URL }),
  refundPurchase: (ctx, given) =>
    refundPurchase(ctx, {
      id: given('refundId'),
      topUpId: given('topUpId'),
      amount: cents(BigInt(given('cents'))),
      reason: null,
      memo: 'as agreed',
    }),
  settleMoneyBack: (ctx, given) => settleMoneyBack(ctx, given('payment')),
  endLostClaim: (ctx, given) => endLostClaim(ctx, { ...ctx, id: given('topUpId') }, given('invoice')),
  saveCardAndSetAutoTopUp: async (ctx, given) => {
    await returnFromSavingCard(ctx, given('session'));
    await setAutoTopUp(
      { ...ctx, ...WHERE, userId: given('userId') },
      { ...presetRule(dubbing), enabled: true, paymentMethod: null, textShown: null },
    );
  },
  billMonths: async (ctx) => {
    await billMonths(ctx);
    const bills = await listOpenBills(ctx.db, ctx.now);
    for (const bill of bills.filter(({ accountId }) => accountId === ctx.accountId))
      await sendBill(ctx, bill);
  },
  reconcileTopUp: (ctx, given) => reconcileTopUp(ctx, { ...ctx, id: given('topUpId') }, 'safe'),
} satisfies Record<string, Call>;

export type Verb = keyof typeof calls;

const verb =
  (call: Call) =>
  (db: Database, input: VerbInput): Promise<unknown> => {
    const given: Given = (name) => {
      const value = input[name];
      if (value === undefined) throw new Error(`The scene says no ${name}`);
      return value;
    };
    return call({ db, now: new Date(), accountId: accountOfRow(BigInt(input.accountId)) }, given);
  };

export const verbs = Object.fromEntries(
  Object.entries(calls).map(([name, call]) => [name, verb(call)]),
) as Record<Verb, ReturnType<typeof verb>>;
