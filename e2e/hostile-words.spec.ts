import { HOSTILE_WORDS } from '@/test/access/hostile-words';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { one, rows } from './support/database';
import { expect, test } from './support/test';
import { newKeyText } from './support/things';

/** What a spreadsheet would calculate stands there with an apostrophe before it. */
const inSpreadsheet = (words: string) => (/^[=+\-@\t\r]/.test(words) ? `'${words}` : words);
const quoted = (words: string) => `"${words.replaceAll('"', '""')}"`;

test('whatever somebody calls their work is text on every page and in every file', async ({ page }) => {
  const customer = await Customer.create({ credits: 5_000 });
  const [name = ''] = HOSTILE_WORDS;
  await rows('UPDATE accounts SET name = $1 WHERE account_id = $2', [name, customer.accountId]);
  const authorization = `Bearer ${await newKeyText(customer.accountId)}`;
  for (const words of HOSTILE_WORDS) {
    const charged = await fetch(`${appUrl}/v1/charges`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        service: 'dubbing',
        quantities: { seconds: 1 },
        reference: words,
        metadata: { note: words, [words.slice(0, 40)]: 'as a name' },
      }),
    });
    expect(charged.status, words).toBe(201);
  }

  await customer.signsIn(page);
  const { seq } = await one<{ seq: string }>('SELECT max(seq) AS seq FROM entries WHERE account_id = $1', [
    customer.accountId,
  ]);
  const lines = Array.from(HOSTILE_WORDS, (_, index) => `/activity/${Number(seq) - index}`);
  for (const path of ['/', '/activity', '/usage', '/usage?by=metadata%3Anote', '/settings', ...lines]) {
    const html = await (await page.request.get(path)).text();
    const raw = HOSTILE_WORDS.filter((words) => /[<>]/.test(words) && html.includes(words));
    expect(raw, path).toEqual([]);
  }
  for (const path of ['/', '/activity', '/usage?by=metadata%3Anote', '/settings', ...lines.slice(-4)]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const seen = await page.evaluate(() => ({
      isCracked: 'cracked' in window,
      links: [...document.querySelectorAll('a, form')]
        .map((found) => found.getAttribute('href') ?? found.getAttribute('action') ?? '/')
        .filter((link) => !/^(\/|#|https?:)/.test(link)),
    }));
    expect(seen, path).toEqual({ isCracked: false, links: [] });
  }

  const today = new Date().toISOString().slice(0, 10);
  const file = await page.request.get(`/api/activity/export?from=2026-01-01&to=${today}`);
  expect(file.headers()['content-disposition']).toMatch(/^attachment/);
  const csv = await file.text();
  for (const words of HOSTILE_WORDS) {
    const written = inSpreadsheet(words);
    expect(csv.includes(`,${written},`) || csv.includes(`,${quoted(written)},`), words).toBe(true);
  }
});
