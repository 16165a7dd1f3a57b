import type { Asked } from '@/test/access/asked';

import { appUrl } from './addresses';

const AT_ONCE = 12;

export type Answer = { status: number; location: string; text: string };

/** One request as it stands: nothing is followed, but for the address that Next has for each way to ask. */
export async function send(
  address: string,
  { method = 'GET', headers = {}, asked = {} }: { method?: string; headers?: object; asked?: Asked },
): Promise<Answer> {
  const { json, form } = asked;
  const body = form === undefined ? JSON.stringify(json) : new URLSearchParams(form);
  const given = { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  const hasBody = method !== 'GET' && (json !== undefined || form !== undefined);
  const request = { method, headers: given, redirect: 'manual' as const, ...(hasBody ? { body } : {}) };
  let response = await fetch(`${appUrl}${address}`, request);
  const location = response.headers.get('location') ?? '';
  if (/[?&]_rsc/.test(location)) response = await fetch(new URL(location, appUrl), request);
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    text: await textOf(response),
  };
}

/** A stream goes on as long as somebody listens: its first word is enough. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

/** Some at a time, so that one server is enough. */
export async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
