import type { z } from 'zod';

import { awaitedSession } from '@/lib/auth/current-session';
import type { AwaitedSession } from '@/lib/auth/sign-in-sessions';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { ownPath } from './own-path';
import { readForm } from './read-form';
import { refuseForeignOrigin } from './route';
import { seeOther } from './see-other';
import { signInPath } from './sign-in-path';

type Owed = { code: string; back: string };
type CodeForm<Fields extends z.ZodType<Owed>> = {
  fields: Fields;
  run: (session: AwaitedSession, code: string, now: Date) => Promise<void>;
};

/** The plain form of somebody whose first factor was right: a code, and then the page that they wanted. */
export function codeForm<Fields extends z.ZodType<Owed>>({ fields, run }: CodeForm<Fields>) {
  return async (request: Request): Promise<Response> => {
    let page = '/sign-in';
    try {
      refuseForeignOrigin(request);
      const sent = await readForm(request);
      const back = ownPath(sent['back']);
      const session = await awaitedSession();
      // It ended meanwhile, or another window gave the code already.
      if (!session) return seeOther(signInPath(back));
      page = `/sign-in/code?back=${encodeURIComponent(back)}`;
      const given = fields.safeParse(sent);
      if (!given.success) return seeOther(`${page}&error=invalid_input`);
      await run(session, given.data.code, new Date());
      return seeOther(back);
    } catch (error) {
      if (error instanceof AppError && page !== '/sign-in') return seeOther(`${page}&error=${error.code}`);
      return toErrorResponse(error);
    }
  };
}
