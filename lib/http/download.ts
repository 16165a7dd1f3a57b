import type { z } from 'zod';

import { requireAccount } from '@/lib/auth/account';

import { saidBy } from './asked-by';
import { toErrorResponse } from './errors';
import { checked, contextOf, type MemberCtx } from './route';
import { streamOf } from './stream-of';

type Download<Input extends z.ZodType> = {
  /** The query string; what is empty in it says nothing. */
  input: Input;
  file: (input: z.output<Input>) => { name: string; type: string };
  write: (ctx: MemberCtx, input: z.output<Input>) => AsyncGenerator<string>;
};

/** Session in, question checked, a file out, piece by piece as fast as it is taken. */
export function download<Input extends z.ZodType>(parts: Download<Input>) {
  return async (request: Request): Promise<Response> => {
    try {
      const ctx = contextOf(await requireAccount());
      const given = Object.fromEntries(new URL(request.url).searchParams);
      const input = checked(parts.input, saidBy(given));
      const pieces = parts.write(ctx, input);
      // The first piece is made before anything is answered, so that a refusal is one, with its status.
      const first = await pieces.next();
      const { name, type } = parts.file(input);
      return new Response(streamOf(first, pieces), {
        headers: {
          'cache-control': 'no-store',
          'content-type': type,
          'content-disposition': `attachment; filename="${name}"`,
        },
      });
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}
