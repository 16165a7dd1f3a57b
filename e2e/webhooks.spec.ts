import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';

import { Receiver } from '@/test/webhook-receiver';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { one, rows } from './support/database';
import { expect, test } from './support/test';

let system: Receiver;
test.beforeEach(async () => {
  system = await Receiver.listen();
});
test.afterEach(() => system.close());

async function addsEndpoint(page: Page, url: string): Promise<string> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  const form = page.getByRole('form', { name: 'Add a webhook endpoint' });
  await form.getByLabel('Address').fill(url);
  await form.getByRole('button', { name: 'Add the endpoint' }).click();
  return page.getByText(/^whsec_[\w+/=]{40,}$/).innerText();
}

test('an owner adds an endpoint, whose system is told that work is ready, signed, and told again on demand', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  const secret = await addsEndpoint(page, system.url);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('list', { name: 'Webhook endpoints' }).getByRole('listitem').first();
  await expect(row).toContainText(system.url);
  expect(await page.content()).not.toContain(secret);

  await row.getByRole('button', { name: `Send a test to ${system.url}` }).click();
  await expect(row).toContainText('Answered 200');
  const { headers, body } = system.last;
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'test' });

  await one(`SELECT * FROM ledger.start_operation($1, 'episode 12', decode(md5('a'), 'hex'), 'gate')`, [
    customer.accountId,
  ]);
  await one(`SELECT * FROM ledger.finish_operation($1, 'episode 12', 1000000)`, [customer.accountId]);
  await expect.poll(() => system.received.length).toBe(2);
  expect(new Webhook(secret).verify(system.last.body, system.last.headers)).toMatchObject({
    type: 'operation.ready',
    data: { id: 'episode 12', amount: '1' },
  });
  await page.reload();
  await expect(row).toContainText('operation.ready episode 12');

  await row.getByRole('button', { name: 'Send operation.ready episode 12 again' }).click();
  await expect.poll(() => system.received.length).toBe(3);
  const [, first, second] = system.received;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.body).toBe(first?.body);

  await row.getByRole('button', { name: `Remove ${system.url}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the endpoint' }).click();
  await expect(page.getByText('No webhook endpoints')).toBeVisible();
  expect(await rows('SELECT 1 FROM webhook_endpoints WHERE account_id = $1', [customer.accountId])).toEqual(
    [],
  );
});

test.describe('an address inside the company', () => {
  test.use({ expectedComplaints: /400|422/ });
  test('cannot be added', async ({ page, customer }) => {
    await customer.signsIn(page);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    const form = page.getByRole('form', { name: 'Add a webhook endpoint' });
    await form.getByLabel('Address').fill('https://169.254.169.254/latest/meta-data');
    await form.getByRole('button', { name: 'Add the endpoint' }).click();
    await expect(form.getByRole('alert')).toContainText('not on the internet');
    await form.getByLabel('Address').fill('http://example.com/');
    await form.getByRole('button', { name: 'Add the endpoint' }).click();
    await expect(form.getByRole('alert')).toContainText('must begin with https://');
  });
});

test('a billing member neither sees the endpoints nor changes one, and nobody reaches another account’s', async ({
  page,
}) => {
  const member = await Customer.create({ role: 'billing' });
  const other = await Customer.create();
  const newEndpoint = async ({ accountId, userId }: Customer) => {
    const { id } = await one<{ id: string }>(
      `INSERT INTO webhook_endpoints (account_id, id, url, topics, secret, created_by, created_at)
       VALUES ($1, gen_random_uuid(), 'https://hooks.example/', '{operation.ready}', 'whsec_c3Rvcnk=', $2, now()) RETURNING id`,
      [accountId, userId],
    );
    return id;
  };
  const id = await newEndpoint(member);
  const theirs = await newEndpoint(other);
  await member.signsIn(page);
  await page.goto('/settings');
  await expect(page.getByText('Owners and developers of this account look after them.')).toBeVisible();
  expect(await page.content()).not.toContain('hooks.example');
  expect((await page.request.get('/api/webhook-endpoints')).status()).toBe(403);

  const asks = async (path: string, data: object) =>
    (await page.request.post(path, { data, headers: { origin: appUrl } })).status();
  expect(await asks('/api/webhook-endpoints/roll', { id })).toBe(403);
  expect(await asks('/api/webhook-endpoints/remove', { id })).toBe(403);
  await rows(`UPDATE members SET role = 'developer' WHERE account_id = $1`, [member.accountId]);
  expect(await asks('/api/webhook-endpoints/remove', { id: theirs })).toBe(404);
  expect(await asks('/api/webhook-endpoints/remove', { id })).toBe(200);
});
