import { AxeBuilder } from '@axe-core/playwright';

import { rows } from './support/database';
import { expect, test } from './support/test';

test('pages, keys and work are found by keyboard alone', async ({ page, customer }) => {
  await rows(`SELECT * FROM ledger.charge($1, 7000000, 'podcast-112.wav', sha256('a'), 'dubbing')`, [
    customer.accountId,
  ]);
  await rows(
    `INSERT INTO api_keys (account_id, key_hash, prefix, name, scopes)
     VALUES ($1, sha256(gen_random_uuid()::text::bytea), 'cof_live_palette', 'Night batch', '{read}')`,
    [customer.accountId],
  );
  await customer.signsIn(page);
  const palette = page.getByRole('dialog', { name: 'Find' });
  const field = palette.getByRole('combobox', { name: 'Find' });
  const opens = async () => {
    // The page listens once its script has run.
    await expect(async () => {
      await page.keyboard.press('Control+k');
      await expect(field).toBeFocused({ timeout: 1_000 });
    }).toPass();
  };

  await opens();
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.type('invo');
  await expect(palette.getByRole('option')).toHaveText(['Invoices']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible();

  await opens();
  await page.keyboard.type('podcast-112.wav');
  await expect(palette.getByRole('option', { name: 'podcast-112.wav' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/activity\?sought=podcast-112\.wav/);
  await expect(page.getByRole('table')).toContainText('podcast-112.wav');

  await opens();
  await page.keyboard.type('night');
  await expect(palette.getByRole('option', { name: /Night batch/ })).toBeVisible();
  await page.keyboard.type(' and nothing else');
  await expect(palette).toContainText('Nothing fits.');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('its code is fetched when it is opened, and by a click too', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('combobox', { name: 'Find' })).toBeFocused();
});
