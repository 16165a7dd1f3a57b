import { requireAccount } from '@/lib/auth/account';
import { database } from '@/lib/db/database';
import { readWatched } from '@/lib/db/watched';
import { AppError } from '@/lib/domain/app-error';

import { toErrorResponse } from './errors';
import { type LiveEvent, LiveHub } from './live-hub';

const LOOK_EVERY_MS = 1_000;
// So many events that nobody took: whoever reads so slowly is better served by asking.
const MOST_UNREAD = 50;
const LONGEST_MARK = 200;

let opened: LiveHub | undefined;

/** The process's, made when the first stream opens. */
function hub(): LiveHub {
  if (opened === undefined) {
    opened = new LiveHub((asked) => readWatched(database(), asked), { everyMs: LOOK_EVERY_MS });
    process.once('SIGTERM', () => opened?.close());
  }
  return opened;
}

/** Server-sent events for a member: that something moved in their account, until their session ends. */
export async function live(request: Request): Promise<Response> {
  try {
    const { accountId, session } = await requireAccount();
    const watch = { accountId, sessionId: session.id };
    if (!hub().hasRoom(watch))
      throw new AppError('overloaded', 'Too many pages are watched just now. Ask again instead.');
    return new Response(streamFor(request, watch), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Compressed, events would wait for one another.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  } catch (error) {
    return toErrorResponse(error);
  }
}

function streamFor(request: Request, watch: Parameters<LiveHub['hasRoom']>[0]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave = () => {};
  return new ReadableStream({
    start(controller) {
      const end = () => {
        leave();
        controller.close();
      };
      const send = (event: LiveEvent) => {
        controller.enqueue(encoder.encode(written(event)));
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) end();
      };
      // Says that the stream is open, before anything happens.
      controller.enqueue(encoder.encode(': open\n\n'));
      leave = hub().watch({ ...watch, send, end }, seenBy(request));
    },
    cancel: () => leave(),
  });
}

/** A browser that reconnects by itself says it in a header, ours in the address. */
const seenBy = (request: Request): string =>
  (request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after') ?? '').slice(
    0,
    LONGEST_MARK,
  );

const written = (event: LiveEvent): string =>
  `${event.name === 'changed' ? `id: ${event.id}\n` : ''}event: ${event.name}\ndata: \n\n`;
