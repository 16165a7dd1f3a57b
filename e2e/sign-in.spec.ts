import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { appUrl } from './support/addresses';
import { rows } from './support/database';
import { buttonOf, mailsTo, mailTo } from './support/mailbox';
import { balance, expect, test } from './support/test';

async function askForLink(page: Page, email: string) {
  await page.goto('/sign-in');
  const form = page.getByRole('form', { name: 'Sign in by email' });
  await form.getByLabel('Email').fill(email);
  await form.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  return buttonOf(await mailTo(email, /Sign in to Coffer/), 'Sign in');
}

test('a mailed link signs in, once, and only when its button is pressed', async ({
  page,
  customer,
  browser,
}) => {
  const link = await askForLink(page, customer.email);
  expect(link.startsWith(appUrl)).toBe(true);

  // A mail scanner opens the link first; that must not use it up.
  await page.request.get(link);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in to Coffer' }).click();
  await expect(balance(page)).toHaveText('120 credits');

  const other = await browser.newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Sign in to Coffer' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'used already or is too old' })).toBeVisible();
  await other.close();
});

test('a password signs in, and a wrong one says what to do', async ({ page, customer }) => {
  await page.goto('/sign-in');
  await page.getByText('Use a password instead').click();
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('Email').fill(customer.email);
  await form.getByLabel('Password').fill('not this one');
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible();

  await customer.signsIn(page);
  await expect(balance(page)).toHaveText('120 credits');
});

test('the demo signs Ada in with one click', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in as Ada (owner)' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(balance(page)).toContainText('credits');
});

test('somebody new opens an account and starts with nothing', async ({ page }) => {
  const email = `${randomUUID()}@new.example`;
  await page.goto(await askForLink(page, email));
  await page.getByRole('button', { name: 'Sign in to Coffer' }).click();
  const name = `Difference Engines ${email}`;
  await page.getByLabel('Name of your organisation').fill(name);
  await page.getByRole('button', { name: 'Open the account' }).click();
  await expect(balance(page)).toHaveText('0 credits');
  expect(await rows('SELECT 1 FROM accounts WHERE name = $1', [name])).toHaveLength(1);
});

test('two windows that open the first account end on the same overview', async ({ page, context }) => {
  const email = `${randomUUID()}@new.example`;
  await page.goto(await askForLink(page, email));
  await page.getByRole('button', { name: 'Sign in to Coffer' }).click();
  const other = await context.newPage();
  await other.goto('/welcome');
  for (const window of [page, other]) {
    await window.getByLabel('Name of your organisation').fill(`Twice Engines ${email}`);
    await window.getByRole('button', { name: 'Open the account' }).click();
    await expect(balance(window)).toHaveText('0 credits');
  }
  expect(await rows('SELECT 1 FROM accounts WHERE name = $1', [`Twice Engines ${email}`])).toHaveLength(1);
});

test('somebody who was switched off gets no link and no session, and nobody learns that they exist', async ({
  page,
  customer,
}) => {
  await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [customer.userId]);
  await page.goto('/sign-in');
  const form = page.getByRole('form', { name: 'Sign in by email' });
  await form.getByLabel('Email').fill(customer.email);
  await form.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  expect(await mailsTo(customer.email)).toEqual([]);
  expect(await rows('SELECT 1 FROM sign_in_sessions WHERE user_id = $1', [customer.userId])).toEqual([]);
});

test('a link that was mailed before somebody was switched off is worth nothing', async ({
  page,
  customer,
}) => {
  const link = await askForLink(page, customer.email);
  await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [customer.userId]);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in to Coffer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'may not sign in here any more' })).toBeVisible();
  expect(await rows('SELECT 1 FROM sign_in_sessions WHERE user_id = $1', [customer.userId])).toEqual([]);
});

test('the way back from a payment survives signing in again', async ({ page, customer }) => {
  await page.goto('/buy/return?session_id=cs_test_of_nobody');
  await page.getByText('Use a password instead').click();
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('Email').fill(customer.email);
  await form.getByLabel('Password').fill(customer.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This account has no such purchase')).toBeVisible();
});

test('signing out ends the session on the server, so that a copied cookie is worth nothing', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  const cookies = await page.context().cookies();
  await page
    .getByRole('button', { name: /Story Works/ })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name: 'Sign out' })
    .or(page.getByRole('button', { name: 'Sign out' }))
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Sign in to Coffer' })).toBeVisible();

  await page.context().addCookies(cookies);
  expect((await page.request.get('/api/balance')).status()).toBe(401);
});

test('a session revoked from another browser ends at its next request', async ({
  page,
  customer,
  browser,
}) => {
  await customer.signsIn(page);
  const lost = await browser.newPage();
  await customer.signsIn(lost);

  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /Sign out/ })
    .click();
  await expect(page.getByText('This browser')).toBeVisible();
  await expect.poll(async () => (await lost.request.get('/api/balance')).status()).toBe(401);

  await lost.goto('/');
  await expect(lost.getByRole('heading', { name: 'Sign in to Coffer' })).toBeVisible();
  await page.goto('/');
  await expect(balance(page)).toHaveText('120 credits');
  await lost.close();
});

test('pages and routes are closed to whoever is not signed in', async ({ page }) => {
  for (const path of [
    '/',
    '/activity',
    '/buy',
    '/buy/return?session_id=cs_test_1',
    '/settings',
    '/welcome',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Sign in to Coffer' })).toBeVisible();
  }
  for (const path of [
    '/api/balance',
    '/api/activity',
    '/api/sign-in-sessions',
    `/api/top-ups/${randomUUID()}`,
  ]) {
    expect((await page.request.get(path)).status(), path).toBe(401);
  }
});

test('a sign-in never leads to another site', async ({ page, customer }) => {
  await page.goto('/sign-in');
  await page.getByText('Use a password instead').click();
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form
    .locator('input[name=callbackUrl]')
    .evaluate((input: HTMLInputElement) => (input.value = 'https://evil.example/'));
  await form.getByLabel('Email').fill(customer.email);
  await form.getByLabel('Password').fill(customer.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await expect(balance(page)).toHaveText('120 credits');
  expect(page.url().startsWith(appUrl)).toBe(true);
});

test.describe('whoever guesses', () => {
  /** What so many tries were told, one after another. */
  const tryPassword = async (page: Page, form: { email: string; password: string }, times: number) => {
    const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
    const once = async () => {
      const answer = await page.request.post('/api/auth/callback/password', {
        form: { ...form, csrfToken, callbackUrl: '/' },
        maxRedirects: 0,
      });
      const to = new URL(answer.headers()['location'] ?? '', appUrl);
      return to.searchParams.get('error') ?? to.href;
    };
    const answers: string[] = [];
    while (answers.length < times) answers.push(await once());
    return answers;
  };

  test('at a password is stopped after ten, and a sign-in link still leads in', async ({
    page,
    customer,
  }) => {
    const { email, password } = customer;
    const answers = await tryPassword(page, { email, password: 'wrong' }, 14);
    expect(answers).toEqual([
      ...Array<string>(10).fill('CredentialsSignin'),
      ...Array<string>(4).fill('TooManyTries'),
    ]);
    // The right one is not looked at either, or guessing would go on.
    expect(await tryPassword(page, { email, password }, 1)).toEqual(['TooManyTries']);

    await page.goto('/sign-in?error=TooManyTries');
    await expect(page.getByRole('alert').filter({ hasText: 'ask for a sign-in link now' })).toBeVisible();
    await page.goto(await askForLink(page, email));
    await page.getByRole('button', { name: 'Sign in to Coffer' }).click();
    await expect(balance(page)).toHaveText('120 credits');
  });

  test('at passwords of nobody is told the same', async ({ page }) => {
    const nobody = { email: `${randomUUID()}@story.example`, password: 'wrong' };
    const answers = await tryPassword(page, nobody, 11);
    expect(answers.filter((error) => error === 'TooManyTries')).toHaveLength(1);
  });
});

test('a mailbox gets five links an hour, and no more', async ({ page, customer }) => {
  for (let link = 0; link < 5; link += 1) await askForLink(page, customer.email);
  await page.goto('/sign-in');
  const form = page.getByRole('form', { name: 'Sign in by email' });
  await form.getByLabel('Email').fill(customer.email);
  await form.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'ask again in an hour' })).toBeVisible();
  expect(await mailsTo(customer.email)).toHaveLength(5);
});

test('a form that is far too long is refused before it is read', async ({ page }) => {
  const answer = await page.request.post('/api/auth/callback/password', {
    form: { email: 'a'.repeat(100_000), password: 'x' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(413);
});
