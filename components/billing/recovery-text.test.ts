import { expect, test } from 'vitest';

import { cardKept } from './recovery-text';

test('whoever enters a card is told that it stays, and that it may be charged by itself', () => {
  const said = cardKept({ accountName: 'Acme' });
  expect(said).toContain('stays saved for Acme');
  expect(said).toContain('automatic top-up may charge it');
});
