import { expect, test } from 'vitest';

import { streamOf } from './stream-of';

async function* pieces(texts: readonly string[], state: { isEnded: boolean }, failure?: Error) {
  try {
    yield* texts;
    if (failure) throw failure;
  } finally {
    state.isEnded = true;
  }
}
async function streamed(texts: readonly string[], failure?: Error) {
  const state = { isEnded: false };
  const all = pieces(texts, state, failure);
  return { state, stream: streamOf(await all.next(), all) };
}

test('a file is its pieces in order', async () => {
  const { stream, state } = await streamed(['a', 'é', 'c']);
  expect(await new Response(stream).text()).toBe('aéc');
  expect(state.isEnded).toBe(true);
});

test('a file of nothing is empty', async () => {
  expect(await new Response((await streamed([])).stream).text()).toBe('');
});

test('what fails on the way breaks the file off, so that half of it is not taken for all', async () => {
  const { stream } = await streamed(['a', 'b'], new Error('the ledger differs'));
  await expect(new Response(stream).text()).rejects.toThrow('the ledger differs');
});

test('whoever stops reading ends the reading of the ledger', async () => {
  const { stream, state } = await streamed(['a', 'b', 'c']);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  expect(state.isEnded).toBe(true);
});
