import type { Ctx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';

const MOST_BYTES = 1_048_576;

type Delivery = { body: Buffer; signature: string | null };
type Event = { signatureHeader: string; run: (ctx: Ctx, delivery: Delivery) => Promise<void> };

/** A signed delivery from another system: the raw bytes and the signature go to the service, and 200 means kept. */
export function event({ signatureHeader, run }: Event) {
  return async (request: Request): Promise<Response> => {
    try {
      const body = await readBytes(request);
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

/** Counts as it reads, because a length that a stranger declares is a claim. */
async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new AppError('invalid_input', 'The delivery is larger than any event.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
