import { expect, test } from 'vitest';

import { PAUSE_REASONS } from './auto-top-up';
import { type CardsSeen, resumptionOf } from './resumption';

const another: CardsSeen = { card: 'ok', fingerprint: 'new', refused: 'old' };
const same: CardsSeen = { card: 'ok', fingerprint: 'old', refused: 'old' };

test.each([
  { paused: 'card-declined', cards: another, stays: null },
  { paused: 'card-declined', cards: same, stays: /declined this very card/ },
  { paused: 'card-declined', cards: { ...another, card: 'missing' }, stays: /no card/ },
  { paused: 'card-declined', cards: { ...another, card: 'expired' }, stays: /has expired/ },
  { paused: 'card-declined', cards: { card: 'ok', fingerprint: null, refused: null }, stays: null },
  { paused: 'authentication-required', cards: another, stays: null },
  { paused: 'authentication-required', cards: same, stays: /confirm a payment with this very card/ },
  { paused: 'card-missing', cards: same, stays: null },
  { paused: 'card-missing', cards: { ...another, card: 'missing' }, stays: /no card/ },
  { paused: 'card-expired', cards: same, stays: null },
  { paused: 'card-expired', cards: { ...same, card: 'expired' }, stays: /has expired/ },
  { paused: 'payment-withdrawn', cards: same, stays: null },
  { paused: 'payment-disputed', cards: another, stays: null },
] as const)('paused for $paused, with $cards: $stays', ({ paused, cards, stays }) => {
  const resumption = resumptionOf(paused, cards, { isDisputed: false, isStoppedByStaff: false });
  expect(resumption.kind === 'stay' ? resumption.sentence : 'goes on').toMatch(stays ?? /^goes on$/);
});

test.each(PAUSE_REASONS)('nothing goes on without a card to charge, whatever stopped it: %s', (paused) => {
  for (const card of ['missing', 'expired'] as const)
    expect(
      resumptionOf(paused, { ...another, card }, { isDisputed: false, isStoppedByStaff: false }).kind,
    ).toBe('stay');
});

test.each(PAUSE_REASONS)('nothing goes on while a payment is disputed, whatever stopped it: %s', (paused) => {
  expect(resumptionOf(paused, another, { isDisputed: true, isStoppedByStaff: false })).toMatchObject({
    kind: 'stay',
    sentence: expect.stringContaining('disputed'),
  });
});

test('what staff stopped stays so, whatever its customer does to the cards', () => {
  const account = { isDisputed: false, isStoppedByStaff: true };
  expect(resumptionOf('paused-by-staff', another, account)).toMatchObject({
    kind: 'stay',
    sentence: expect.stringContaining('support team'),
  });
});
