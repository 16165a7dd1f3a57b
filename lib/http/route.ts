import type { z } from 'zod';

import { requireAccount } from '@/lib/auth/account';
import { requireConfirmed } from '@/lib/auth/confirmation';
import type { Principal } from '@/lib/auth/principal';
import type { RoleCtx, SessionCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { ofAccount } from '@/lib/db/of-account';
import { type Limit, takeOne } from '@/lib/db/rate-limits';
import { AppError } from '@/lib/domain/app-error';
import { may, type Permission, whoMay } from '@/lib/domain/member-role';
import { env } from '@/lib/env';

import { toErrorResponse } from './errors';
import { pathOf, toFollowedError } from './follow-errors';
import { jsonOf } from './json-of';
import { readBytes } from './read-bytes';
import { type Whence, whenceOf } from './whence';

/** A member's request: the account and role they were checked against, and the session they used. */
export type MemberCtx = RoleCtx & SessionCtx;

type Read<Input extends z.ZodType, Answer extends z.ZodType> = {
  /** The query string and the path's parameters, as one flat object. */
  input: Input;
  answer: Answer;
  may: Permission;
  run: (ctx: MemberCtx, input: z.output<Input>) => Promise<z.output<Answer>>;
};

type Write<Body extends z.ZodType, Answer extends z.ZodType> = {
  body: Body;
  answer: Answer;
  may: Permission;
  /** Only for whoever showed lately who they are. */
  isConfirmed?: boolean;
  /** How often an account may, where too often would harm somebody. */
  limit?: Limit;
  run: (ctx: MemberCtx & Whence, body: z.output<Body>) => Promise<z.output<Answer>>;
};
export type Params = { params: Promise<Record<string, string | string[]>> };

/** Session in, role and question checked, view run, contract out. */
export function read<Input extends z.ZodType, Answer extends z.ZodType>(parts: Read<Input, Answer>) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      const principal = await requireAccount();
      refuseOtherAccount(request, principal);
      if (!may(principal.role, parts.may)) throw roleMayNot(parts.may);
      const ctx = contextOf(principal);
      const asked = { ...Object.fromEntries(new URL(request.url).searchParams), ...(await params) };
      return answered(parts.answer, await parts.run(ctx, checked(parts.input, asked)));
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}

type SendTo<Input extends z.ZodType> = {
  input: Input;
  /** Where the browser goes. */
  run: (ctx: MemberCtx, input: z.output<Input>) => Promise<string>;
};

/** Session in, question checked, and the browser is sent where the answer says: for links that are made when they are followed. */
export function sendTo<Input extends z.ZodType>(parts: SendTo<Input>) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      const ctx = contextOf(await requireAccount());
      const location = await parts.run(ctx, checked(parts.input, await params));
      const headers = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
      return new Response(null, { status: 303, headers });
    } catch (error) {
      return toFollowedError(error, pathOf(request));
    }
  };
}

/** Session in, origin and role and contract and limit checked, service run, contract out. */
export function write<Body extends z.ZodType, Answer extends z.ZodType>(parts: Write<Body, Answer>) {
  return async (request: Request): Promise<Response> => {
    try {
      refuseForeignOrigin(request);
      const principal = await requireAccount();
      refuseOtherAccount(request, principal);
      if (!may(principal.role, parts.may)) throw roleMayNot(parts.may);
      const body = checked(parts.body, await bodyOf(request));
      if (parts.isConfirmed === true) requireConfirmed(principal.session, new Date());
      if (parts.limit) await refuseTooMany(parts.limit, principal);
      return answered(
        parts.answer,
        await parts.run({ ...contextOf(principal), ...whenceOf(request.headers) }, body),
      );
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}

/** Says who could do it instead. */
export const roleMayNot = (permission: Permission) =>
  new AppError(
    'forbidden',
    `Your role in this account does not allow this. ${whoMay(permission)} may: ask one of them.`,
  );

/** Which account a page shows; `lib/queries/http.ts` sends it along. */
const SHOWN_ACCOUNT = 'coffer-account';

/** Another window may have switched the session since: what is pressed here must not happen there. */
function refuseOtherAccount(request: Request, { accountId }: Principal): void {
  const shown = request.headers.get(SHOWN_ACCOUNT);
  if (shown === null || shown === `${accountId}`) return;
  throw new AppError(
    'account_changed',
    'You have switched to another account since this page was loaded. Reload it; nothing was changed.',
  );
}

async function refuseTooMany(limit: Limit, { accountId }: Principal): Promise<void> {
  const seconds = await takeOne(database(), limit, `${accountId}`);
  if (seconds === null) return;
  throw new AppError('rate_limited', `That was often enough for now. Try again ${waitOf(seconds)}.`, {
    retry_after_seconds: seconds,
  });
}

const waitOf = (seconds: number) => (seconds < 120 ? 'in a minute' : `in ${Math.ceil(seconds / 60)} minutes`);

// Many times what any form of ours sends.
const MOST_BYTES = 65_536;

/** What a request carries as JSON. */
export const bodyOf = async (request: Request): Promise<unknown> =>
  jsonOf(await readBytes(request, MOST_BYTES));

/** A browser says where a request comes from; one that does not say so, or comes from elsewhere, changes nothing. */
export function refuseForeignOrigin(request: Request): void {
  if (request.headers.get('origin') === new URL(env().APP_URL).origin) return;
  throw new AppError('forbidden', 'This request does not come from our own pages.');
}

export const contextOf = ({ accountId, userId, role, session }: Principal): MemberCtx => ({
  db: ofAccount(database(), accountId),
  now: new Date(),
  accountId,
  userId,
  role,
  sessionId: session.id,
});

/** What was given, as the contract wants it; a refusal where it is not. */
export function checked<Contract extends z.ZodType>(contract: Contract, given: unknown): z.output<Contract> {
  const parsed = contract.safeParse(given);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const where = first && first.path.length > 0 ? first.path.join('.') : 'The request';
  throw new AppError('invalid_input', `${where}: ${first?.message ?? 'is not as agreed'}`);
}

/** What is sent keeps the contract too; if it does not, that is our bug and not the caller's. */
export const answered = <Answer extends z.ZodType>(contract: Answer, value: z.output<Answer>) =>
  Response.json(contract.encode(value), { headers: { 'cache-control': 'no-store' } });
