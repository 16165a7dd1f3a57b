import { expect, test } from 'vitest';
import { z } from 'zod';

import { stableUuid } from './stable-uuid';

test('the same words make the same UUID, other words another', () => {
  expect(stableUuid('top-up', 7n, 'key')).toBe(stableUuid('top-up', 7n, 'key'));
  const made = [['a', 'bc'], ['ab', 'c'], ['abc'], ['a', 'b', 'c']].map((words) => stableUuid(...words));
  expect(new Set(made).size).toBe(made.length);
});

test('whatever the words are, it is a UUID', () => {
  for (let count = 0; count < 200; count++)
    expect(z.uuid().safeParse(stableUuid(`word ${count}`)).success).toBe(true);
});
