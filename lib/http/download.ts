import type { z } from 'zod';

import { requireAccount } from '@/lib/auth/account';
import type { StaffCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { AuditAction } from '@/lib/domain/audit-line';

import { saidBy } from './asked-by';
import { toErrorResponse } from './errors';
import { fewAtOnce, type Leave } from './few-at-once';
import { inTurn } from './in-turn';
import { checked, contextOf, type MemberCtx, type Params } from './route';
import { noteReadingOf, requireStaffCtx } from './staff';
import { type Piece, streamOf } from './stream-of';

// Of the ten connections of a process, two may be held for as long as somebody's line is slow.
const enter = fewAtOnce(2, 10_000);
// Earlier than the database would end the transaction of whoever takes nothing.
const STALLED_MS = 25_000;

async function turn(): Promise<Leave> {
  const leave = await enter();
  if (leave !== null) return leave;
  throw new AppError('rate_limited', 'Several downloads are under way. Try again in half a minute.', {
    retry_after_seconds: 30,
  });
}

type Download<Ctx, Input extends z.ZodType> = {
  /** The query string, of which what is empty says nothing, and the path's parameters, as one flat object. */
  input: Input;
  file: (input: z.output<Input>) => { name: string; type: string };
  write: (ctx: Ctx, input: z.output<Input>) => AsyncGenerator<Piece>;
};

/** Session in, question checked, a file out, piece by piece as fast as it is taken. */
export const download = <Input extends z.ZodType>(parts: Download<MemberCtx, Input>) =>
  downloadOf(parts, async () => contextOf(await requireAccount()));

/** The same for staff, who stand in the audit log for it; to everyone else it is not there. */
export const staffDownload = <Input extends z.ZodType>(
  parts: Download<StaffCtx, Input> & { action: AuditAction },
) =>
  downloadOf(parts, async (request) => {
    const ctx = await requireStaffCtx(request);
    await noteReadingOf(ctx, { action: parts.action, asked: new URL(request.url).search.slice(1) });
    return ctx;
  });

function downloadOf<Ctx, Input extends z.ZodType>(
  parts: Download<Ctx, Input>,
  contextFor: (request: Request) => Promise<Ctx>,
) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      const ctx = await contextFor(request);
      const given = { ...Object.fromEntries(new URL(request.url).searchParams), ...(await params) };
      const input = checked(parts.input, saidBy(given));
      const { name, type } = parts.file(input);
      const pieces = inTurn(parts.write(ctx, input), await turn(), STALLED_MS);
      // The first piece is made before anything is answered, so that a refusal is one, with its status.
      const first = await pieces.next();
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
