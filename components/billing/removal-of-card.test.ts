import { expect, test } from 'vitest';

import { removalOf } from './removal-of-card';

test.each([
  {
    isDefault: true,
    isUsedByAutoTopUp: true,
    says: /Auto top-up .* is paused/,
    confirm: /pause auto top-up/,
  },
  {
    isDefault: false,
    isUsedByAutoTopUp: true,
    says: /Auto top-up .* is paused/,
    confirm: /pause auto top-up/,
  },
  {
    isDefault: true,
    isUsedByAutoTopUp: false,
    says: /No other card becomes the default/,
    confirm: /^Remove the card$/,
  },
  {
    isDefault: false,
    isUsedByAutoTopUp: false,
    says: /not offered when you buy\. Your/,
    confirm: /^Remove the card$/,
  },
])(
  'of a card that is default: $isDefault, and charged by auto top-up: $isUsedByAutoTopUp',
  ({ says, confirm, ...card }) => {
    const said = removalOf({ name: 'Visa ·4242', ...card });
    expect(said.line).toMatch(says);
    expect(said.confirm).toMatch(confirm);
  },
);
