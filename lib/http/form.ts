import type { z } from 'zod';

import { currentSession } from '@/lib/auth/current-session';
import { peerAddress } from '@/lib/auth/peer-address';
import type { SessionCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import type { PersonCtx } from './person';
import { readForm } from './read-form';
import { refuseForeignOrigin } from './route';
import { seeOther } from './see-other';
import { signInPath } from './sign-in-path';

type Sent = Record<string, FormDataEntryValue>;
type Form<Fields extends z.ZodType> = {
  fields: Fields;
  run: (ctx: SessionCtx & PersonCtx, fields: z.output<Fields>) => Promise<void>;
  /** Where the browser goes when it is done, and with `error=` and why when it was refused. */
  done: string | ((sent: Sent) => string);
  back: string | ((sent: Sent) => string);
};

/** A plain HTML form of somebody who is signed in, member or not: it works before any script has run, and ends on a page. */
export function form<Fields extends z.ZodType>({ fields, run, done, back }: Form<Fields>) {
  return async (request: Request): Promise<Response> => {
    let pages: { done: string; back: string } | null = null;
    try {
      refuseForeignOrigin(request);
      const sent = await readForm(request);
      pages = { done: pageOf(done, sent), back: pageOf(back, sent) };
      const session = await currentSession();
      if (!session) return seeOther(signInPath(pages.back));
      const given = fields.safeParse(sent);
      if (!given.success) return seeOther(saying('invalid', pages.back));

      const person = { session, now: new Date(), peer: peerAddress(request.headers) };
      const ctx = { ...person, db: database(), userId: session.user.id, sessionId: session.id };
      await run(ctx, given.data);
      return seeOther(pages.done);
    } catch (error) {
      if (!(error instanceof AppError) || pages === null) return toErrorResponse(error);
      // What was asked for is there already: a second window, or a second click.
      if (error.code === 'conflict') return seeOther(pages.done);
      return seeOther(saying(error.code, pages.back));
    }
  };
}

const pageOf = (page: string | ((sent: Sent) => string), sent: Sent) =>
  typeof page === 'string' ? page : page(sent);

const saying = (why: string, page: string) => `${page}${page.includes('?') ? '&' : '?'}error=${why}`;
