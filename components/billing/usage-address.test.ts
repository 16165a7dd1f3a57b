import { describe, expect, test } from 'vitest';

import { chargesOf, narrowedTo, usageAddress } from './usage-address';

const [ONE, TWO, ADA] = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-00000000000a',
];
const choices = {
  apiKeys: [
    { id: ONE, name: 'One', prefix: 'ck_1', createdBy: ADA },
    { id: TWO, name: 'Two', prefix: 'ck_2', createdBy: null },
  ],
};
const named = (name: string | null) => ({ name, isRest: false });

test('an address keeps what is not said otherwise', () => {
  expect(usageAddress('days=30&by=key&from=2026-01-01', { days: '7', from: null })).toBe(
    '/usage?days=7&by=key',
  );
});

test('charges are those of the days and of what was chosen already; what a row adds goes before', () => {
  const days = { from: '2026-11-01', to: '2026-11-22', timeZone: 'UTC' };
  const asked = chargesOf('services=dubbing&grain=day', days, { apiKeyIds: ONE });
  expect(Object.fromEntries(asked)).toEqual({
    kinds: 'consume,restore,refund',
    ...days,
    services: 'dubbing',
    apiKeyIds: ONE,
  });
  expect(chargesOf('services=dubbing', days, { services: 'clips' }).get('services')).toBe('clips');
});

describe('the lines behind a group', () => {
  test.each([
    ['service', named('dubbing'), { services: 'dubbing' }],
    ['service', named(null), { services: ',' }],
    ['key', named(ONE), { apiKeyIds: ONE }],
    ['key', named(null), { apiKeyIds: ',' }],
    ['member', named(ADA), { apiKeyIds: ONE }],
    ['member', named(null), { apiKeyIds: `${TWO},,` }],
    ['metadata', named('alpha'), null],
    ['service', { name: null, isRest: true }, null],
  ] as const)('by %s of %j are %j', (by, group, wanted) => {
    expect(narrowedTo(by, group, choices)).toEqual(wanted);
  });
});
