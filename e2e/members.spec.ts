import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { rows } from './support/database';
import { expect, test } from './support/test';

const rolesIn = async ({ accountId }: Customer) =>
  new Map(
    (
      await rows<{ user_id: string; role: string }>(
        'SELECT user_id, role FROM members WHERE account_id = $1',
        [accountId],
      )
    ).map(({ user_id: id, role }) => [id, role]),
  );

test('an owner gives a member another role, and takes them out', async ({ page, customer, browser }) => {
  const grace = await Customer.create();
  await grace.joins(customer, 'viewer');
  await customer.signsIn(page);
  await page.goto('/settings');
  const row = page
    .getByRole('list', { name: 'Members' })
    .getByRole('listitem')
    .filter({ hasText: grace.email });
  await expect(row).toContainText('never signed in');

  await row.getByRole('button', { name: `Change the role of ${grace.email}` }).click();
  await row.getByRole('combobox', { name: 'Role' }).selectOption('billing');
  await row.getByRole('button', { name: 'Save the role' }).click();
  await expect(page.getByText(`${grace.email} is billing now.`)).toBeVisible();
  expect((await rolesIn(customer)).get(grace.userId)).toBe('billing');

  const theirs = await browser.newContext();
  const theirPage = await theirs.newPage();
  await grace.signsIn(theirPage);
  await theirPage.request.post('/api/accounts/switch', {
    form: { account_id: customer.accountId },
    headers: { origin: appUrl },
  });
  await theirPage.goto('/');
  await expect(theirPage.getByRole('status', { name: 'Balance' })).toContainText('120 credits');

  await row.getByRole('button', { name: `Remove ${grace.email}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the member' }).click();
  await expect(row).toHaveCount(0);

  await theirPage.reload();
  await expect(theirPage.getByRole('status', { name: 'Balance' })).toContainText('0 credits');
  await theirs.close();
});

test('the last owner is offered no way out, and the door refuses one too', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/settings');
  const row = page
    .getByRole('list', { name: 'Members' })
    .getByRole('listitem')
    .filter({ hasText: customer.email });
  await expect(row).toContainText('You');
  await expect(row.getByRole('button')).toHaveCount(0);

  const headers = { origin: appUrl };
  const data = { userId: customer.userId };
  const answers = [
    await page.request.post('/api/members/leave', { data: {}, headers }),
    await page.request.post('/api/members/remove', { data, headers }),
    await page.request.post('/api/members/role', { data: { ...data, role: 'viewer' }, headers }),
  ];
  expect(answers.map((answer) => answer.status())).toEqual([409, 409, 409]);
  expect(await customer.role()).toBe('owner');
});

for (const role of ['billing', 'developer', 'viewer'] as const) {
  test(`a ${role} member sees the members, changes none, and may leave`, async ({ page, customer }) => {
    const member = await Customer.create({ role });
    await customer.joins(member, 'owner');
    await member.signsIn(page);
    await page.goto('/settings');
    await expect(page.getByText('Owners invite and remove members')).toBeVisible();
    const list = page.getByRole('list', { name: 'Members' });
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(list.getByRole('button')).toHaveCount(1);

    const headers = { origin: appUrl };
    const { userId } = customer;
    const answers = [
      await page.request.post('/api/members/remove', { data: { userId }, headers }),
      await page.request.post('/api/members/role', { data: { userId, role: 'viewer' }, headers }),
      await page.request.post('/api/invitations', { data: { email: 'eve@example.com', role }, headers }),
    ];
    expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403]);

    await list.getByRole('button', { name: 'Leave the account' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave the account' }).click();
    await expect(page.getByRole('heading', { name: 'Welcome to Coffer' })).toBeVisible();
    expect(await member.role()).toBeUndefined();
  });
}

test('a member of two accounts goes over to the other, and an old page does nothing in it', async ({
  page,
  customer,
}) => {
  const other = await Customer.create({ credits: 7 });
  await customer.joins(other, 'owner');
  await customer.signsIn(page);
  const old = await page.context().newPage();
  await old.goto('/settings');

  await page
    .getByRole('button', { name: /Story Works/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Switch to Story Works' }).click();
  await expect(page.getByRole('status', { name: 'Balance' })).toContainText('7 credits');

  await old.getByRole('button', { name: 'Create key' }).click();
  const form = old.getByRole('form', { name: 'Create an API key' });
  await form.getByLabel('Name').fill('For the first account');
  await form.getByRole('button', { name: 'Create the key' }).click();
  await expect(form.getByRole('alert')).toContainText('You have switched to another account');
  const keys = await rows('SELECT 1 FROM api_keys WHERE account_id = ANY ($1)', [
    [customer.accountId, other.accountId],
  ]);
  expect(keys).toEqual([]);
});

test('nobody goes over to an account that they are no member of', async ({ page, customer }) => {
  const other = await Customer.create({ credits: 7 });
  await customer.signsIn(page);
  const answer = await page.request.post('/api/accounts/switch', {
    form: { account_id: other.accountId },
    headers: { origin: appUrl },
  });
  expect(await answer.text()).not.toContain('7 credits');
  await page.goto('/');
  await expect(page.getByRole('status', { name: 'Balance' })).toContainText('120 credits');
});
test.use({ expectedComplaints: /status of 409/ });
