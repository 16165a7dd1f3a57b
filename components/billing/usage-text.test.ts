import { expect, test } from 'vitest';

import { changeText, groupText, shareText } from './usage-text';

test.each([
  { hundredths: null, said: '–' },
  { hundredths: 0, said: '0.0 %' },
  { hundredths: 1_234, said: '+12.3 %' },
  { hundredths: -400, said: '−4.0 %' },
  { hundredths: 10_000_000, said: '+100,000.0 %' },
])('a change of $hundredths is $said', ({ hundredths, said }) => {
  expect(changeText(hundredths)).toBe(said);
});

test('a share of the whole', () => {
  expect(shareText(10_000)).toBe('100.0 %');
  expect(shareText(333)).toBe('3.3 %');
});

test.each([
  { group: { name: 'dubbing', isRest: false }, said: 'dubbing' },
  { group: { name: null, isRest: false }, said: 'No service named' },
  { group: { name: null, isRest: true }, said: 'Other services' },
])('$group is called $said', ({ group, said }) => {
  expect(groupText(group)).toBe(said);
});
