import { expect, test } from 'vitest';

import { searchedText } from './searched-text';

test.each([
  { typed: '', asks: null },
  { typed: ' a ', asks: null },
  { typed: ' podcast-112.wav ', asks: 'podcast-112.wav' },
  { typed: `cof_live_abcdefg${'secret'.repeat(4)}`, asks: 'cof_live_abcdefg' },
  { typed: 'cof_li', asks: 'cof_li' },
])('$typed asks for $asks', ({ typed, asks }) => {
  expect(searchedText(typed)).toBe(asks);
});
