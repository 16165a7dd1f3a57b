import type { z } from 'zod';

import { requireAccount } from '@/lib/auth/account';

import { saidBy } from './asked-by';
import { toErrorResponse } from './errors';
import { checked, contextOf, type MemberCtx, type Params } from './route';
import { type Piece, streamOf } from './stream-of';

type Download<Input extends z.ZodType> = {
  /** The query string, of which what is empty says nothing, and the path's parameters, as one flat object. */
  input: Input;
  file: (input: z.output<Input>) => { name: string; type: string };
  write: (ctx: MemberCtx, input: z.output<Input>) => AsyncGenerator<Piece>;
};

/** Session in, question checked, a file out, piece by piece as fast as it is taken. */
export function download<Input extends z.ZodType>(parts: Download<Input>) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      const ctx = contextOf(await requireAccount());
      const given = { ...Object.fromEntries(new URL(request.url).searchParams), ...(await params) };
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
