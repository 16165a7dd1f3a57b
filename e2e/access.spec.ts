import { randomUUID } from 'node:crypto';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { expect, test } from './support/test';

const purchase = () => ({ id: randomUUID(), packageId: '500', savesCard: false });

test('a viewer sees the balance and cannot buy', async ({ page }) => {
  const viewer = await Customer.create({ role: 'viewer' });
  await viewer.signsIn(page);
  // Nothing leads to what they may not, and what says so says who may.
  await expect(page.getByText('Owners and billing members of this account can buy credits.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Buy credits' })).toHaveCount(0);
  await page.goto('/buy');
  await expect(page.getByText('Your role may not buy credits')).toBeVisible();

  const answer = await page.request.post('/api/top-ups', { data: purchase(), headers: { origin: appUrl } });
  expect(answer.status()).toBe(403);
  expect(await viewer.topUps()).toEqual([]);
});

for (const origin of [undefined, 'null', 'https://evil.example', `${appUrl}.evil.example`]) {
  test(`a purchase that comes from ${origin ?? 'nowhere'} is refused`, async ({ page, customer }) => {
    await customer.signsIn(page);
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const answer = await page.request.post('/api/top-ups', { data: purchase(), headers });
    expect(answer.status()).toBe(403);
    expect(await customer.topUps()).toEqual([]);
  });
}

const deep = 10_000;
for (const [what, body, status = 422] of [
  ['no body', '', 400],
  ['broken JSON', '{"id":', 400],
  ['one name twice', '{"id":"a","id":"b"}', 400],
  ['brackets in brackets', `${'['.repeat(deep)}${']'.repeat(deep)}`, 400],
  ['a list', '[]'],
  ['an unknown package', JSON.stringify({ id: randomUUID(), packageId: '1', savesCard: false })],
  ['a price of its own', JSON.stringify({ ...purchase(), priceCents: '1' })],
  ['credits of its own', JSON.stringify({ ...purchase(), credits: '99999999' })],
  ['another account', JSON.stringify({ ...purchase(), accountId: '1' })],
  ['an id that is none', JSON.stringify({ id: '../../etc', packageId: '500', savesCard: false })],
  ['a prototype', '{"__proto__":{"role":"owner"},"id":"x","packageId":"500"}'],
] as const) {
  test(`a purchase with ${what} is refused and starts nothing`, async ({ page, customer }) => {
    await customer.signsIn(page);
    const answer = await page.request.post('/api/top-ups', {
      data: Buffer.from(body),
      headers: { origin: appUrl, 'content-type': 'application/json' },
    });
    expect(answer.status()).toBe(status);
    expect(await customer.topUps()).toEqual([]);
  });
}
