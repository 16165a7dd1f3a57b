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

const key = (id: string, name: string) => ({ id, name, prefix: `ck_${id}`, createdBy: 'ada' });
const choices = {
  apiKeys: [key('1', 'Backend'), key('2', 'Batch'), key('3', 'Batch')],
  members: [{ id: 'ada', email: 'ada@example.com' }],
};

test.each([
  { by: 'service', name: 'dubbing', said: 'dubbing' },
  { by: 'service', name: null, said: 'No service named' },
  { by: 'service', name: null, isRest: true, said: 'Other services' },
  { by: 'key', name: '1', said: 'Backend' },
  { by: 'key', name: '2', said: 'Batch (ck_2…)' },
  { by: 'key', name: '3', said: 'Batch (ck_3…)' },
  { by: 'key', name: 'unknown', said: 'unknown' },
  { by: 'member', name: 'ada', said: 'ada@example.com' },
  { by: 'member', name: null, said: 'No member' },
  { by: 'metadata', name: 'alpha', said: 'alpha' },
] as const)('$name by $by is called $said', ({ by, said, ...group }) => {
  expect(groupText(by, { isRest: false, ...group }, choices)).toBe(said);
});
