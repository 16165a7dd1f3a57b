import type { z } from 'zod';

import { requireConfirmed } from '@/lib/auth/confirmation';
import { currentSession } from '@/lib/auth/current-session';
import { peerAddress } from '@/lib/auth/peer-address';
import type { LiveSession } from '@/lib/auth/sign-in-sessions';
import { Nothing } from '@/lib/contracts/nothing';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { answered, bodyOf, checked, refuseForeignOrigin } from './route';

/** Somebody who is signed in, whatever they are a member of, and staff too. */
export type PersonCtx = { session: LiveSession; now: Date; peer: string };

type OfPerson<Answer extends z.ZodType> = {
  answer: Answer;
  run: (ctx: PersonCtx) => Promise<z.output<Answer>>;
};
type ByPerson<Body extends z.ZodType, Answer extends z.ZodType> = {
  body: Body;
  answer: Answer;
  /** Only for whoever showed lately who they are. */
  isConfirmed?: boolean;
  run: (ctx: PersonCtx, body: z.output<Body>) => Promise<z.output<Answer>>;
};

/** What a person reads of themselves: session in, contract out. */
export const readOwn =
  <Answer extends z.ZodType>({ answer, run }: OfPerson<Answer>) =>
  async (request: Request): Promise<Response> => {
    try {
      const ctx = await personOf(request);
      checked(Nothing, Object.fromEntries(new URL(request.url).searchParams));
      return answered(answer, await run(ctx));
    } catch (error) {
      return toErrorResponse(error);
    }
  };

/** What a person changes of themselves: origin, session and contract checked. */
export const writeOwn =
  <Body extends z.ZodType, Answer extends z.ZodType>(parts: ByPerson<Body, Answer>) =>
  async (request: Request): Promise<Response> => {
    try {
      refuseForeignOrigin(request);
      const ctx = await personOf(request);
      const body = checked(parts.body, await bodyOf(request));
      if (parts.isConfirmed === true) requireConfirmed(ctx.session, ctx.now);
      return answered(parts.answer, await parts.run(ctx, body));
    } catch (error) {
      return toErrorResponse(error);
    }
  };

async function personOf(request: Request): Promise<PersonCtx> {
  const session = await currentSession();
  if (!session) throw new AppError('signed_out', 'Please sign in.');
  return { session, now: new Date(), peer: peerAddress(request.headers) };
}
