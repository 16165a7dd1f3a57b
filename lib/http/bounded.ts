import { NextRequest } from 'next/server';

import { toErrorResponse } from './errors';
import { readBytes } from './read-bytes';

// Many times what a sign-in form sends.
const MOST_BYTES = 65_536;

/** A door of somebody else's making, given no more of a stranger's request than a form of ours could have. */
export const bounded =
  <Context>(answer: (request: Request, context: Context) => Promise<Response>) =>
  async (request: NextRequest, context: Context): Promise<Response> => {
    if (request.body === null) return answer(request, context);
    try {
      const body = await readBytes(request, MOST_BYTES);
      return await answer(new NextRequest(request, { body: new Uint8Array(body) }), context);
    } catch (error) {
      return toErrorResponse(error);
    }
  };
