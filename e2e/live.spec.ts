import type { Page } from '@playwright/test';

import type { Customer } from './support/customer';
import { rows } from './support/database';
import { balance, expect, test } from './support/test';

let charges = 0;
/** As a program of the customer's reports it. */
async function uses({ accountId }: Customer, credits: number) {
  charges += 1;
  await rows('SELECT * FROM ledger.charge($1, $2, $3, sha256($3::text::bytea), $4)', [
    accountId,
    credits * 1_000_000,
    `live ${charges}`,
    'dubbing',
  ]);
}

/** The page asks for nothing by itself: what it still learns, it was told. */
async function asksNothing(page: Page) {
  await page.addInitScript(() => {
    window.setInterval = (() => 0) as unknown as typeof setInterval;
  });
  // The first event asks for what is shown once.
  const first = page.waitForResponse(/\/api\/balance/);
  await page.goto('/');
  await first;
}

test('a balance moves without a reload as soon as something was used, with its line of activity', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await asksNothing(page);
  await uses(customer, 7);
  await expect(balance(page)).toHaveText('113 credits');
  await expect(page.getByRole('region', { name: 'Recent activity' })).toContainText('−7');
});

test.describe('a session that is revoked', () => {
  // What was being asked for when it ended.
  test.use({ expectedComplaints: /status of 401/ });

  test('ends on every page that is open, without a click', async ({ page, customer }) => {
    await customer.signsIn(page);
    await asksNothing(page);
    await rows('UPDATE sign_in_sessions SET revoked_at = now() WHERE user_id = $1', [customer.userId]);
    await expect(page.getByRole('heading', { name: 'Sign in to Coffer' })).toBeVisible();
  });
});

test('a stream tells what it has to say, and nothing of another account', async ({ page, customer }) => {
  await customer.signsIn(page);
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(new URL('/api/live', page.url()), { headers: { cookie } });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('content-encoding')).toBeNull();
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!/event: changed\n.*\n\n/s.test(heard)) heard += (await reader?.read())?.value ?? '';
  expect(heard).toMatch(/^: open\n\nid: [\w-]+\nevent: changed\ndata: \n\n$/);
  await reader?.cancel();
});

test('a stream that breaks off is taken up where it ended', async ({ page, customer }) => {
  const asked: (string | null)[] = [];
  await page.route('**/api/live*', (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('after'));
    return asked.length > 1
      ? route.continue()
      : route.fulfill({ contentType: 'text/event-stream', body: 'id: 7-1\nevent: changed\ndata: \n\n' });
  });
  await customer.signsIn(page);
  await expect.poll(() => asked).toEqual(['', '7-1']);
  await uses(customer, 5);
  await expect(balance(page)).toHaveText('115 credits');
});

test.describe('where no stream comes through', () => {
  test.use({ expectedComplaints: /status of 503/ });

  test('pages ask by themselves', async ({ page, customer }) => {
    await page.route('**/api/live*', (route) => route.fulfill({ status: 503 }));
    await customer.signsIn(page);
    await uses(customer, 20);
    await expect(balance(page)).toHaveText('100 credits');
  });
});
