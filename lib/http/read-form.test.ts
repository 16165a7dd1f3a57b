import { expect, test } from 'vitest';

import { readForm } from './read-form';

const posted = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://app.test/', { method: 'POST', body, headers });

test('a form is its fields, however the browser writes it', async () => {
  expect(await readForm(posted(new URLSearchParams({ name: 'Ada & Co', link: 'x' })))).toEqual({
    name: 'Ada & Co',
    link: 'x',
  });
  const inParts = new FormData();
  inParts.set('name', 'Ada');
  expect(await readForm(posted(inParts))).toEqual({ name: 'Ada' });
});

test('what is no form has no fields', async () => {
  expect(await readForm(posted('{"name":"Ada"}', { 'content-type': 'application/json' }))).toEqual({});
  expect(await readForm(new Request('http://app.test/', { method: 'POST' }))).toEqual({});
});

test('more than a form of ours sends is not read to its end, whether its length is said or not', async () => {
  const tooMuch = { code: 'too_large' };
  await expect(readForm(posted(new URLSearchParams({ name: 'a'.repeat(20_000) })))).rejects.toMatchObject(
    tooMuch,
  );
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_024));
    },
  });
  const request = new Request('http://app.test/', {
    method: 'POST',
    body: endless,
    duplex: 'half',
  } as RequestInit);
  await expect(readForm(request)).rejects.toMatchObject(tooMuch);
  expect(pulled).toBeLessThan(100);
});
