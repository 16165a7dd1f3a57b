import { expect, test } from 'vitest';

import { readBytes } from './read-bytes';

/** Chunks, of which it is seen how many were taken. */
function stream(chunks: number) {
  const taken = { chunks: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull: (to) => {
      if (taken.chunks === chunks) return to.close();
      taken.chunks += 1;
      return to.enqueue(new Uint8Array(10));
    },
  });
  return { taken, body };
}

function request(body: string | ReadableStream, declared?: string): Request {
  // `duplex` is wanted for a stream, and unknown to the types of a browser.
  const asked: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: declared === undefined ? {} : { 'content-length': declared },
  };
  return new Request('http://127.0.0.1', asked);
}

const TOO_LARGE = { code: 'too_large' };

test.each([{ declared: '5' }, { declared: undefined }, { declared: 'five' }])(
  'a body whose length is said to be $declared is read whole',
  async ({ declared }) => {
    expect((await readBytes(request('Grüß', declared), 6)).toString()).toBe('Grüß');
  },
);

test('a body that says it is too large is refused unread', async () => {
  const { body, taken } = stream(1_000);
  await expect(readBytes(request(body, '10000'), 100)).rejects.toMatchObject(TOO_LARGE);
  expect(taken.chunks).toBeLessThan(2);
});

test('a body that does not say is read no further than the limit', async () => {
  const { body, taken } = stream(1_000);
  await expect(readBytes(request(body), 100)).rejects.toMatchObject(TOO_LARGE);
  expect(taken.chunks).toBeLessThan(15);
});

test('a body that said too little is refused all the same', async () => {
  await expect(readBytes(request('0123456789', '1'), 9)).rejects.toMatchObject(TOO_LARGE);
});
