import type { Ctx } from '@/lib/db/context';
import { database } from '@/lib/db/database';

import { toErrorResponse } from './errors';
import { readBytes } from './read-bytes';

const MOST_BYTES = 1_048_576;

type Delivery = { body: Buffer; signature: string | null };
type Event = { signatureHeader: string; run: (ctx: Ctx, delivery: Delivery) => Promise<void> };

/** A signed delivery from another system: the raw bytes and the signature go to the service, and 200 means kept. */
export function event({ signatureHeader, run }: Event) {
  return async (request: Request): Promise<Response> => {
    try {
      const body = await readBytes(request, MOST_BYTES);
      await run(
        { db: database(), now: new Date() },
        { body, signature: request.headers.get(signatureHeader) },
      );
      return new Response(null, { status: 200 });
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}
