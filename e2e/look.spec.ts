import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { Colleague } from './support/staff';
import { expect, test } from './support/test';

const PAGES = [
  { path: '/', heading: 'Overview' },
  { path: '/usage', heading: 'Usage' },
  { path: '/usage?by=member&grain=week', heading: 'Usage' },
  { path: '/activity', heading: 'Activity' },
  { path: '/activity?kinds=bonus', heading: 'Activity' },
  { path: '/activity/1', heading: 'Line 1' },
  { path: '/buy', heading: 'Buy credits' },
  { path: '/buy/return?session_id=cs_test_unknown', heading: 'Your purchase' },
  { path: '/prices', heading: 'Prices' },
  { path: '/prices?service=dubbing&seconds=600000', heading: 'Prices' },
  { path: '/payment-methods', heading: 'Payment methods' },
  { path: '/auto-top-up', heading: 'Auto top-up' },
  { path: '/settings', heading: 'Settings' },
];
const DOORS = [
  { path: '/docs/api', heading: 'API reference' },
  { path: '/sign-in', heading: 'Sign in to Coffer' },
  { path: '/sign-in?error=CredentialsSignin', heading: 'Sign in to Coffer' },
  { path: '/sign-in/check-mail', heading: 'Check your mail' },
  { path: '/invitations/none', heading: 'This invitation is over' },
  { path: '/sign-in/confirm?token=t&email=ada%40example.com', heading: 'One more step' },
];

/** `:account` is the story's customer's. */
const STAFF_PAGES = [
  { path: '/staff?sought=nothing', heading: 'Search' },
  { path: '/staff/audit-log', heading: 'Audit log' },
  { path: '/staff/accounts/:account', heading: 'Overview' },
  { path: '/staff/accounts/:account/activity', heading: 'Activity' },
  { path: '/staff/accounts/:account/activity/1', heading: 'Line 1' },
  { path: '/staff/accounts/:account/usage', heading: 'Usage' },
  { path: '/staff/accounts/:account/auto-top-up', heading: 'Auto top-up' },
  { path: '/staff/accounts/:account/invoices', heading: 'Invoices' },
  { path: '/staff/accounts/:account/webhooks', heading: 'Webhooks' },
  { path: '/staff/accounts/:account/behind', heading: 'Behind it' },
  {
    path: '/staff/accounts/:account/actions?kind=credit&amount=5&reason=Ticket&id=0e984725-c51c-4bf4-9960-e1c80e27aba0',
    heading: 'Actions',
  },
  { path: '/staff/accounts/:account/notes', heading: 'Notes' },
  { path: '/staff/actions', heading: 'Queue' },
  { path: '/staff/health', heading: 'Health' },
  { path: '/staff/money?sought=pi_unknown', heading: 'Missing credits' },
];

async function isWellMade(page: Page, { path, heading }: { path: string; heading: string }) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      `${path} ${colorScheme}`,
    ).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const [needed, given] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  expect(needed, `${path} at 360 px`).toBeLessThanOrEqual(given ?? 0);
}

for (const door of DOORS) {
  test(`${door.path} can be used by everyone, in light and dark, on a phone`, ({ page }) =>
    isWellMade(page, door));
}

for (const place of PAGES) {
  test(`${place.path} can be used by everyone, in light and dark, on a phone`, async ({ page, customer }) => {
    await customer.signsIn(page);
    await isWellMade(page, place);
  });
}

for (const { path, heading } of STAFF_PAGES) {
  test(`${path} can be used by all of staff, in light and dark, on a phone`, async ({ page, customer }) => {
    await (await Colleague.create('support')).signsIn(page);
    await isWellMade(page, { path: path.replace(':account', customer.accountId), heading });
  });
}

test('nothing is fetched from anywhere but our own address', async ({ page, customer }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(page.url()).origin && page.url() !== 'about:blank') {
      foreign.push(request.url());
    }
  });
  await customer.signsIn(page);
  for (const { path } of PAGES) await page.goto(path);
  expect(foreign).toEqual([]);
});

test('every page is whole before any script has run', async ({ page, customer }) => {
  await customer.signsIn(page);
  expect(await (await page.request.get('/')).text()).toContain('120 credits');
  for (const { path } of PAGES) {
    const html = await (await page.request.get(path)).text();
    // What a script would have to move to its place.
    expect(html, path).not.toContain('<div hidden id="S');
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a customer can sign in and see the balance', async ({ page, customer }) => {
    await customer.signsIn(page);
    await expect(page.getByRole('status', { name: 'Balance' })).toContainText('120 credits');
  });
});
