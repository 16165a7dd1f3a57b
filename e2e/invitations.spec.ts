import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { Customer } from './support/customer';
import { buttonOf, mailTo } from './support/mailbox';
import { expect, test } from './support/test';

/** An owner invites an address in the settings; the link of the mail that it gets. */
async function invites(page: Page, owner: Customer, email: string): Promise<string> {
  await owner.signsIn(page);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Invite a member' }).click();
  const form = page.getByRole('form', { name: 'Invite a member' });
  await form.getByLabel('Email').fill('nobody');
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(form.getByText('Write one e-mail address')).toBeVisible();
  await form.getByLabel('Email').fill(email);
  await form.getByRole('combobox', { name: 'Role' }).selectOption('developer');
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('list', { name: 'Invited' })).toContainText(email);
  return buttonOf(await mailTo(email, /invites you/), 'Look at the invitation');
}

test('somebody new follows the mail, signs in by a link, comes back, and joins', async ({
  page,
  customer,
  browser,
}) => {
  const email = `${randomUUID()}@story.example`;
  const link = await invites(page, customer, email);

  const theirs = await browser.newContext();
  const invited = await theirs.newPage();
  await invited.goto(link);
  await expect(invited.getByRole('heading', { name: 'Join Story Works' })).toBeVisible();
  await expect(
    invited.getByText(`${customer.email} invites ${email} to Story Works as developer`),
  ).toBeVisible();
  await invited.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await expect(invited.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  await invited.goto(buttonOf(await mailTo(email, /Sign in to Coffer/), 'Sign in'));
  await invited.getByRole('button', { name: 'Sign in to Coffer' }).click();
  await invited.getByRole('button', { name: 'Join Story Works' }).click();
  await expect(invited.getByRole('status', { name: 'Balance' })).toContainText('120 credits');

  await invited.goto(link);
  await expect(invited.getByRole('heading', { name: 'This invitation is over' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Members' })).toContainText(email);
  await expect(page.getByRole('list', { name: 'Invited' })).toHaveCount(0);
  await theirs.close();
});

test('whoever is signed in as somebody else is told so, and a member already is too', async ({
  page,
  customer,
  browser,
}) => {
  const grace = await Customer.create({ role: 'viewer' });
  const link = await invites(page, customer, grace.email);
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${customer.email}`)).toBeVisible();
  await expect(page.getByRole('button', { name: /Join/ })).toHaveCount(0);

  await grace.joins(customer, 'billing');
  const theirs = await browser.newContext();
  const invited = await theirs.newPage();
  await grace.signsIn(invited);
  await invited.goto(link);
  await expect(invited.getByText('You are a member of Story Works already')).toBeVisible();
  await theirs.close();
});

test('an invitation is sent again and taken back, and the links before open nothing', async ({
  page,
  customer,
}) => {
  const email = `${randomUUID()}@story.example`;
  const link = await invites(page, customer, email);
  await page.getByRole('button', { name: `Send ${email} the invitation again` }).click();
  await expect(page.getByText(`${email} gets a new link.`)).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This invitation is over' })).toBeVisible();
  await page.goto('/settings');
  await page.getByRole('button', { name: `Revoke the invitation of ${email}` }).click();
  await expect(page.getByRole('list', { name: 'Invited' })).toHaveCount(0);
});

test('whoever signs in before opening the mail finds the invitation on the first page', async ({
  page,
  customer,
  browser,
}) => {
  const email = `${randomUUID()}@story.example`;
  await invites(page, customer, email);
  const theirs = await browser.newContext();
  const invited = await theirs.newPage();
  await invited.goto('/sign-in');
  await invited.getByRole('form', { name: 'Sign in by email' }).getByLabel('Email').fill(email);
  await invited.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await invited.goto(buttonOf(await mailTo(email, /Sign in to Coffer/), 'Sign in'));
  await invited.getByRole('button', { name: 'Sign in to Coffer' }).click();
  await invited.getByRole('link', { name: 'Look at the invitation to Story Works' }).click();
  await invited.getByRole('button', { name: 'Join Story Works' }).click();
  await expect(invited.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await theirs.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an invitation is accepted', async ({ page, customer }) => {
    const { asked } = await asksByHand(page, customer);
    await page.goto(asked.link);
    await page.getByRole('button', { name: 'Join Story Works' }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  });
});

/** Invites by the door that the form uses, as somebody who then signs out; whoever is invited is signed in afterwards. */
async function asksByHand(page: Page, owner: Customer) {
  const grace = await Customer.create({ role: 'viewer' });
  await owner.signsIn(page);
  await page.request.post('/api/invitations', {
    data: { email: grace.email, role: 'viewer' },
    headers: { origin: new URL(page.url()).origin },
  });
  const link = buttonOf(await mailTo(grace.email, /invites you/), 'Look at the invitation');
  await page.context().clearCookies();
  await grace.signsIn(page);
  return { asked: { link } };
}
