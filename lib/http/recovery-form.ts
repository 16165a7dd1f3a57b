import type { z } from 'zod';

import { requireAccount } from '@/lib/auth/account';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { ofAccount } from '@/lib/db/of-account';
import { type Limit, takeOne } from '@/lib/db/rate-limits';
import { readRecoveryLink } from '@/lib/db/recovery-link';
import { AppError } from '@/lib/domain/app-error';
import { may } from '@/lib/domain/member-role';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

import { toFollowedError } from './follow-errors';
import { readForm } from './read-form';
import { pageOfLink } from './recovery-of-link';
import { rememberDoor, returnPath } from './recovery-return';
import { refuseForeignOrigin, roleMayNot } from './route';

type Whose = { link?: string | undefined; top_up?: string | undefined };
type Payment = { topUpId: string; page: string; returnUrl: string };
type RecoveryForm<Fields extends z.ZodType<Whose>> = {
  fields: Fields;
  /** The day of a mailed link may be over: nothing of the payment is shown or done. */
  evenExpired?: boolean;
  /** How often an account may, whoever presses. */
  limit?: Limit;
  /** Gives the address to go to; null: the payment's own page. */
  run: (ctx: AccountCtx, asked: z.output<Fields> & Payment) => Promise<string | null>;
};

/**
 * A plain form about one payment, of whoever has its mailed link or of a member who may buy. It works before any script
 * has run, and always ends on a page: a reload repeats nothing.
 */
export function recoveryForm<Fields extends z.ZodType<Whose>>({
  fields,
  evenExpired = false,
  limit,
  run,
}: RecoveryForm<Fields>) {
  return async (request: Request): Promise<Response> => {
    let back = '/';
    try {
      refuseForeignOrigin(request);
      const given = fields.safeParse(await readForm(request));
      if (!given.success) throw new AppError('invalid_input', 'This form is not one of ours.');
      if (given.data.top_up !== undefined) back = pageOfPayment(given.data.top_up);
      const { ctx, topUpId, page } = await payerOf(given.data, evenExpired);
      if (ctx === null) return seeOther(page);
      if (limit && (await takeOne(ctx.db, limit, `${ctx.accountId}`)) !== null)
        return seeOther(`${page}?said=often`);
      // The same for every door: an attempt that is begun at one may be pressed again at another.
      const returnUrl = `${env().APP_URL}${returnPath(topUpId)}`;
      const asked = { ...given.data, topUpId, page, returnUrl };
      const next = (await run(ctx, asked).catch(pageOfFailure(page))) ?? page;
      return seeOther(next, { 'set-cookie': rememberDoor(topUpId, given.data.link) });
    } catch (error) {
      return toFollowedError(error, back);
    }
  };
}

/** Stripe did not answer, or refused what we asked for: the page says so, and what else can be done. */
const pageOfFailure = (page: string) => (error: unknown) => {
  if (!(error instanceof AppError)) {
    log.error({ err: error }, 'a form about a payment failed');
    return `${page}?said=failed`;
  }
  if (error.code === 'payment_unavailable') return `${page}?said=silent`;
  throw error;
};

type Payer = { ctx: AccountCtx | null; topUpId: string; page: string };

async function payerOf({ link, top_up: topUpId }: Whose, evenExpired: boolean): Promise<Payer> {
  const now = new Date();
  if (link !== undefined) {
    const page = pageOfLink(link);
    const read = readRecoveryLink(link, now);
    // Its page tells what is wrong with the link.
    if (read === null || (read.isExpired && !evenExpired)) return { ctx: null, topUpId: '', page };
    return { ctx: contextOf(read.accountId, now), topUpId: read.id, page };
  }
  const { accountId, role } = await requireAccount();
  if (topUpId === undefined) throw new AppError('invalid_input', 'This form does not say which payment.');
  if (!may(role, 'buy')) throw roleMayNot('buy');
  return { ctx: contextOf(accountId, now), topUpId, page: pageOfPayment(topUpId) };
}

const contextOf = (accountId: AccountId, now: Date): AccountCtx => ({
  db: ofAccount(database(), accountId),
  now,
  accountId,
});

const pageOfPayment = (topUpId: string) => `/recoveries/${topUpId}`;

const seeOther = (location: string, headers: Record<string, string> = {}) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', ...headers } });
