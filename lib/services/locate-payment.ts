import { findAccount } from '@/lib/db/accounts';
import { keepAuditLine } from '@/lib/db/audit-log';
import { accountOfRow, type StaffCtx } from '@/lib/db/context';
import { listMoneyBack } from '@/lib/db/money-back';
import { findCreditedGrant, findTopUp, type TopUpRow } from '@/lib/db/top-ups';
import { cents } from '@/lib/domain/credits';
import { type LocatedPayment, whereIsMoney } from '@/lib/domain/located-payment';
import { heard } from '@/lib/domain/money-back';
import { soughtAsLogged, soughtIn } from '@/lib/domain/sought';
import { readMoneyBack } from '@/lib/stripe/money-back';
import { type Origin, originOfCheckout, originOfInvoice, originOfPayment } from '@/lib/stripe/objects';
import { readPaid } from '@/lib/stripe/paid-objects';

import { reconcileTopUp } from './reconcile-top-up';
import { findAccountsNaming } from './search-accounts';
import type { TopUpKey } from './settle-top-up';

const MOST = 5;

/** Where the money of what a customer sent is: at Stripe, on the ledger, gone back, or missing. Asks Stripe, and changes nothing. */
export async function locatePayment(ctx: StaffCtx, { text }: { text: string }): Promise<LocatedPayment[]> {
  if (soughtIn(text).length === 0) return [];
  await keepAuditLine(ctx.db, ctx, { action: 'locate-payment', object: soughtAsLogged(text) });
  const keys = await keysNamed(ctx, text);
  const located = await Promise.all(keys.slice(0, MOST).map((key) => locate(ctx, key)));
  return located.filter((one) => one !== null);
}

/** By our own rows; where they know nothing of it, by the mark that we left at Stripe. */
async function keysNamed(ctx: StaffCtx, text: string): Promise<TopUpKey[]> {
  const found = await findAccountsNaming(ctx, text);
  const known = found.flatMap(({ accountId, topUpId: id }) =>
    id === null ? [] : [{ accountId: accountOfRow(accountId), id }],
  );
  if (known.length > 0)
    return known.filter(({ id }, index) => known.findIndex((one) => one.id === id) === index);
  const origin = await originNamed(text);
  return origin === null ? [] : [{ accountId: accountOfRow(BigInt(origin.accountId)), id: origin.topUpId }];
}

async function originNamed(text: string): Promise<Origin | null> {
  const [sought] = soughtIn(text);
  if (sought?.kind === 'payment') return originOfPayment(sought.text);
  if (sought?.kind === 'invoice') return originOfInvoice(sought.text);
  return sought?.kind === 'payment-page' ? originOfCheckout(sought.text) : null;
}

async function locate(ctx: StaffCtx, key: TopUpKey): Promise<LocatedPayment | null> {
  const { db } = ctx;
  const [topUp, account] = await Promise.all([findTopUp(db, key), findAccount(db, key.accountId)]);
  if (topUp === null || account === null) return null;
  const { stripeSession: session, stripeInvoice: invoice } = topUp;
  const paid = await readPaid({ session, invoice, hasFailed: topUp.status === 'failed' });
  const payment = paid?.payment ?? topUp.stripePayment;
  const findings = await reconcileTopUp(ctx, key, 'none');
  const entry = await findCreditedGrant(db, key);
  const back = heard(await listMoneyBack(db, key), payment === null ? [] : await readMoneyBack(payment));
  const received = paid?.received ?? cents(0n);
  const facts = {
    status: topUp.status,
    isPaid: paid === null ? null : paid.isPaid,
    isCredited: entry !== null,
    back: cents(back.reduce((sum, { state, amount }) => sum + (state === 'over' ? 0n : amount), 0n)),
    received,
    findings: findings.map((finding) => finding.class),
  };
  return {
    ...purchaseOf(topUp),
    accountName: account.name,
    is: whereIsMoney(facts),
    stripe: {
      payment,
      session,
      invoice,
      isPaid: facts.isPaid,
      received,
    },
    entry,
    back: back.map(({ id, kind, state, amount }) => ({ id, kind, state, amount })),
    findings: findings.map(({ class: found, entry: wanted }) => ({ class: found, entry: wanted })),
  };
}

const purchaseOf = ({
  accountId,
  id,
  origin,
  status,
  credits,
  priceCents,
  currency,
  createdAt,
}: TopUpRow) => ({
  accountId,
  topUpId: id,
  origin,
  status,
  credits,
  priceCents,
  currency,
  createdAt,
});
