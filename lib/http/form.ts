import type { z } from 'zod';

import { currentSession } from '@/lib/auth/current-session';
import type { SessionCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { readForm } from './read-form';
import { refuseForeignOrigin } from './route';

type Form<Fields extends z.ZodType> = {
  fields: Fields;
  run: (ctx: SessionCtx, fields: z.output<Fields>) => Promise<void>;
  /** Where the browser goes when it is done, and with `?error=` when the fields were refused. */
  done: string;
  back: string;
};

/** A plain HTML form of somebody who is signed in, member or not: it works before any script has run, and ends on a page. */
export function form<Fields extends z.ZodType>({ fields, run, done, back }: Form<Fields>) {
  return async (request: Request): Promise<Response> => {
    try {
      refuseForeignOrigin(request);
      const session = await currentSession();
      if (!session) return seeOther('/sign-in');
      const given = fields.safeParse(await readForm(request));
      if (!given.success) return seeOther(`${back}?error=invalid`);

      await run(
        { db: database(), now: new Date(), userId: session.user.id, sessionId: session.id },
        given.data,
      );
      return seeOther(done);
    } catch (error) {
      // What was asked for is there already: a second window, or a second click.
      if (error instanceof AppError && error.code === 'conflict') return seeOther(done);
      return toErrorResponse(error);
    }
  };
}

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });
