import type { z } from 'zod';

import { currentSession } from '@/lib/auth/current-session';
import type { SessionCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { readForm } from './read-form';
import { refuseForeignOrigin } from './route';
import { signInPath } from './sign-in-path';

type Form<Fields extends z.ZodType> = {
  fields: Fields;
  run: (ctx: SessionCtx, fields: z.output<Fields>) => Promise<void>;
  /** Where the browser goes when it is done, and with `?error=` and why when it was refused. */
  done: string;
  back: string | ((given: Record<string, FormDataEntryValue>) => string);
};

/** A plain HTML form of somebody who is signed in, member or not: it works before any script has run, and ends on a page. */
export function form<Fields extends z.ZodType>({ fields, run, done, back }: Form<Fields>) {
  return async (request: Request): Promise<Response> => {
    let page: string | null = null;
    try {
      refuseForeignOrigin(request);
      const sent = await readForm(request);
      page = typeof back === 'string' ? back : back(sent);
      const session = await currentSession();
      if (!session) return seeOther(signInPath(page));
      const given = fields.safeParse(sent);
      if (!given.success) return seeOther(`${page}?error=invalid`);

      await run(
        { db: database(), now: new Date(), userId: session.user.id, sessionId: session.id },
        given.data,
      );
      return seeOther(done);
    } catch (error) {
      // What was asked for is there already: a second window, or a second click.
      if (error instanceof AppError && error.code === 'conflict') return seeOther(done);
      if (error instanceof AppError && page !== null) return seeOther(`${page}?error=${error.code}`);
      return toErrorResponse(error);
    }
  };
}

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });
