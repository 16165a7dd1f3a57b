import type { QueryMeta } from '@tanstack/react-query';
import type { z } from 'zod';

import { askToConfirm } from './ask-to-confirm';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** The account whose pages staff look at; its customer asks for their own without saying which. */
      seenByStaff?: string;
    };
  }
}

/** A request that the server refused or could not answer; `requestId` finds it in the log. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';

  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

const NO_ANSWER =
  'The server did not answer. Your money is safe: nothing was charged by this click. Try again.';

// Callers import their contract when they first ask: what the server rendered needs no decoding, so zod is not
// part of a page's first load.
async function answered<Answer extends z.ZodType>(
  request: Promise<Response>,
  contract: Answer,
): Promise<z.output<Answer>> {
  const response = await request.catch(() => {
    throw new RequestFailed('no_answer', NO_ANSWER, null);
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return contract.parse(body);

  const { Problem } = await import('@/lib/contracts/problem');
  const problem = Problem.safeParse(body);
  if (!problem.success) throw new RequestFailed('no_answer', NO_ANSWER, null);
  const { code, message, request_id } = problem.data.error;
  throw new RequestFailed(code, message, request_id);
}

/** A page says which account it shows, so that what is pressed on it never happens in another. */
const shownAccount = (): Record<string, string> => {
  const shown = document.querySelector<HTMLElement>('[data-account]')?.dataset['account'];
  return shown === undefined ? {} : { 'coffer-account': shown };
};

/** `meta` is that of the query: the same question is asked elsewhere where staff look at an account. */
export const getJson = <Answer extends z.ZodType>(
  path: `/api/${string}`,
  contract: Answer,
  meta: QueryMeta | undefined,
) =>
  answered(
    fetch(addressOf(path, meta), { headers: { accept: 'application/json', ...shownAccount() } }),
    contract,
  );

const addressOf = (path: `/api/${string}`, meta: QueryMeta | undefined) =>
  meta?.seenByStaff === undefined
    ? path
    : `/api/staff/accounts/${meta.seenByStaff}/${path.slice('/api/'.length)}`;

/** Asks who it is, where the server wants to know that once more, and then sends the same again. */
export async function postJson<Body extends z.ZodType, Answer extends z.ZodType>(
  path: string,
  contracts: { body: Body; answer: Answer },
  body: z.output<Body>,
): Promise<z.output<Answer>> {
  const send = () => sendJson(path, contracts, body);
  return send().catch(async (error: unknown) => {
    const isAsked = error instanceof RequestFailed && error.code === 'confirmation_required';
    if (isAsked && (await askToConfirm())) return send();
    throw error;
  });
}

function sendJson<Body extends z.ZodType, Answer extends z.ZodType>(
  path: string,
  contracts: { body: Body; answer: Answer },
  body: z.output<Body>,
) {
  return answered(
    fetch(path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...shownAccount() },
      body: JSON.stringify(contracts.body.encode(body)),
    }),
    contracts.answer,
  );
}
