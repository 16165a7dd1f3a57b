import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { workOfRecord } from './work-of-record';

describe('workOfRecord', () => {
  test.each([
    { text: '90', milliseconds: 90_000n },
    { text: ' 12.5 ', milliseconds: 12_500n },
    { text: '0.001', milliseconds: 1n },
    { text: '0', milliseconds: 0n },
  ])('$text seconds are $milliseconds milliseconds', ({ text, milliseconds }) => {
    expect(workOfRecord({ service: 'dubbing', seconds: text })).toMatchObject({
      service: 'dubbing',
      quantities: { milliseconds },
    });
  });

  test.each(['-1', '1e3', '1,5', '1.2345', 'ninety', '∞', '9999999999999'])('%s is no seconds', (seconds) => {
    expect(workOfRecord({ service: 'dubbing', seconds })).toEqual({
      mistakes: ['seconds must be a number with at most three decimals, such as 90 or 12.5.'],
    });
  });

  test('every mistake is said at once', () => {
    expect(workOfRecord({ seconds: 'x', characters: '1.5', max_minutes: '-1', input_tokens: '7' })).toEqual({
      mistakes: [
        'service is needed.',
        'seconds must be a number with at most three decimals, such as 90 or 12.5.',
        'characters must be a whole number.',
        'max_minutes must be a whole number.',
      ],
    });
  });

  test('what is empty was not said, and features are several', () => {
    expect(
      workOfRecord({ service: 'transcription', seconds: '5', characters: ' ', features: 'a; b  c' }),
    ).toEqual({
      service: 'transcription',
      quantities: { milliseconds: 5_000n, features: ['a', 'b', 'c'] },
    });
  });

  test('what is written as seconds is never a fraction of a millisecond off', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), (milliseconds) => {
        const seconds = `${milliseconds / 1_000n}.${`${milliseconds % 1_000n}`.padStart(3, '0')}`;
        expect(workOfRecord({ service: 's', seconds })).toMatchObject({ quantities: { milliseconds } });
      }),
    );
  });
});
