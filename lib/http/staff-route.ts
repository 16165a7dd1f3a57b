import type { z } from 'zod';

import { wasConfirmed } from '@/lib/auth/confirmation';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { readForm } from './read-form';
import { answered, checked, refuseForeignOrigin } from './route';
import { seeOther } from './see-other';
import { findStaffViewer, noteReading, requireStaffCtx, type StaffViewer } from './staff';

type Params = { params: Promise<Record<string, string | string[]>> };

type StaffRead<Input extends z.ZodType, Answer extends z.ZodType> = {
  /** The page that it is asked for, as the audit log calls it. */
  page: string;
  /** The query string and the path's parameters but the account, as one flat object. */
  input: Input;
  answer: Answer;
  run: (ctx: StaffViewer, input: z.output<Input>) => Promise<z.output<Answer>>;
};

/** What a customer's page asks for, asked by staff: staff in, account found, reading noted, question checked, view run, contract out. */
export function staffRead<Input extends z.ZodType, Answer extends z.ZodType>(
  parts: StaffRead<Input, Answer>,
) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      const { account, ...path } = await params;
      const viewer = await findStaffViewer(await requireStaffCtx(request), account);
      if (viewer === null) throw new AppError('not_found', 'There is no such account.');
      const asked = { ...Object.fromEntries(new URL(request.url).searchParams), ...path };
      const input = checked(parts.input, asked);
      await noteReading(viewer, parts.page);
      return answered(parts.answer, await parts.run(viewer, input));
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}

type StaffForm<Fields extends z.ZodType> = {
  fields: Fields;
  /** The account's page that says why it was refused. */
  back: string;
  /** Only for whoever showed lately who they are. */
  isConfirmed?: boolean;
  /** Gives the account's page to go to. */
  run: (viewer: StaffViewer, fields: z.output<Fields>) => Promise<string>;
};

/** A plain form of staff about one account: it works before any script has run, and always ends on a page. */
export function staffForm<Fields extends z.ZodType>({ fields, back, isConfirmed, run }: StaffForm<Fields>) {
  return async (request: Request, { params }: Params): Promise<Response> => {
    try {
      refuseForeignOrigin(request);
      const viewer = await findStaffViewer(await requireStaffCtx(request), (await params)['account']);
      if (viewer === null) throw new AppError('not_found', 'There is no such account.');
      const account = `/staff/accounts/${viewer.accountId}`;
      const sent = await readForm(request);
      // Led back, they find what they had filled in.
      if (isConfirmed === true && !wasConfirmed(viewer.staff, viewer.now))
        return seeOther(`/confirm?back=${encodeURIComponent(`${account}/${back}?${filledIn(sent)}`)}`);
      const given = fields.safeParse(sent);
      const page = given.success
        ? await run(viewer, given.data).catch(pageOfRefusal(back))
        : `${back}?refused=invalid_input`;
      return seeOther(`${account}/${page}`);
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}

const filledIn = (sent: Record<string, FormDataEntryValue>) =>
  new URLSearchParams(
    Object.entries(sent).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

const pageOfRefusal = (back: string) => (error: unknown) => {
  if (error instanceof AppError) return `${back}?refused=${error.code}`;
  throw error;
};
