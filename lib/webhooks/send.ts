import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

import { Webhook } from 'standardwebhooks';

import type { Attempt, Unreached } from '@/lib/domain/webhook-retry';

import { AddressRefused, checkUrl, lookupThrough, type Wall } from './wall';

export type Message = {
  url: string;
  /** The event's, the same at every attempt. */
  id: string;
  body: string;
  /** Each signs; two while one takes the other's place. */
  secrets: readonly string[];
  /** The attempt's moment, which is signed. */
  at: Date;
};

/** How long the other side may take, and how much of its answer is read. */
export const PATIENCE = { connectMs: 5_000, totalMs: 10_000, mostBytes: 65_536 };

/** Sends an event once, through the wall. A redirect is an answer like any other: nobody follows it. */
export async function send(message: Message, wall: Wall, patience = PATIENCE): Promise<Attempt> {
  try {
    return { status: await statusOf(message, wall, patience) };
  } catch (error) {
    return { unreached: reasonOf(error) };
  }
}

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

function statusOf(message: Message, wall: Wall, patience: typeof PATIENCE): Promise<number> {
  const url = new URL(message.url);
  checkUrl(url, wall);
  const start = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise<number>((resolve, reject) => {
    const request = start(url, {
      method: 'POST',
      headers: headersOf(message),
      lookup: lookupThrough(url, wall),
      // A connection of its own: one that was kept could lead to where the name led before.
      agent: false,
    });
    const end = () => request.destroy(new TimedOut());
    const connecting = setTimeout(end, patience.connectMs);
    const total = setTimeout(end, patience.totalMs);
    const connected = () => clearTimeout(connecting);
    request.on('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected),
    );
    request.on('error', reject);
    request.on('close', () => {
      clearTimeout(connecting);
      clearTimeout(total);
      reject(new Error('The connection ended before the answer did.'));
    });
    request.on('response', (response) => {
      let bytes = 0;
      const answered = () => resolve(response.statusCode ?? 0);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= patience.mostBytes) return;
        answered();
        request.destroy();
      });
      response.on('end', answered);
      response.on('error', reject);
    });
    request.end(message.body);
  });
}

const headersOf = ({ id, body, secrets, at }: Message) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  'user-agent': 'Coffer-Webhooks/1',
  'webhook-id': id,
  'webhook-timestamp': Math.floor(at.getTime() / 1000),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});

const NO_NAME = ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'];
const NO_TRUST = /CERT|ERR_TLS|ERR_SSL|SIGNATURE|EPROTO/;

function reasonOf(error: unknown): Unreached {
  if (error instanceof AddressRefused) return 'address-refused';
  if (error instanceof TimedOut) return 'timed-out';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (NO_NAME.includes(code)) return 'name-not-found';
  return NO_TRUST.test(code) ? 'not-trusted' : 'connection-failed';
}
