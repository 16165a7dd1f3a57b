import { expect, test } from './support/test';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
const PAGES = ['/', '/sign-in', '/docs/api', '/buy', '/nowhere'];
const DATA = [
  '/api/balance',
  '/v1/balance',
  '/api/v1/nowhere',
  '/api/health',
  '/nowhere.txt',
  '/api/nowhere',
];

for (const path of [...PAGES, ...DATA]) {
  test(`the answer at ${path} says what a browser must not do with it`, async ({ page, customer }) => {
    await customer.signsIn(page);
    const response = await page.request.get(path);
    expect(response.headers()).toMatchObject(EVERYWHERE);
    expect(response.headers()).not.toHaveProperty('x-powered-by');
    const policy = response.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toContain('unsafe-eval');
    if (DATA.includes(path)) expect(policy).toContain("default-src 'none'");
  });
}

for (const path of ['/', '/api/balance', '/usage', '/v1/balance']) {
  test(`nobody on the way keeps the answer at ${path}`, async ({ page, customer }) => {
    await customer.signsIn(page);
    const { 'cache-control': kept } = (await page.request.get(path)).headers();
    expect(kept).toContain('no-store');
  });
}

test('no two answers share a nonce', async ({ page }) => {
  const nonces = new Set<string>();
  for (let answer = 0; answer < 5; answer += 1) {
    const policy = (await page.request.get('/sign-in')).headers()['content-security-policy'] ?? '';
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
  }
  expect(nonces.size).toBe(5);
  expect(nonces).not.toContain('');
});

test.describe('what is put into a page', () => {
  // The browser says what it refused, and React that the page is not the one it sent.
  // The browser says what it refused, and React that the page is not the one it sent.
  test.use({ expectedComplaints: /Content Security Policy|React error #418/ });

  for (const [what, html] of [
    ['a script', '<script>window.cracked = true</script>'],
    ['a handler', '<img src="data:," onerror="window.cracked = true">'],
    ['a frame', '<iframe srcdoc="<script>parent.cracked = true</script>"></iframe>'],
  ] as const) {
    test(`${what} never runs`, async ({ page, customer }) => {
      await customer.signsIn(page);
      await page.route('**/activity', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace('</main>', `${html}</main>`) });
      });
      await page.goto('/activity');
      await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
      expect(await page.evaluate(() => 'cracked' in window)).toBe(false);
    });
  }
});
