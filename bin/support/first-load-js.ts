import { gzipSync } from 'node:zlib';

import { chromium, type Page } from '@playwright/test';

import { chromiumFlags } from './chromium-flags';

export type Script = { url: string; bytes: number };

/** The bar, in bytes after gzip; kB are thousands. */
export const barBytes = 170_000;

/** The scripts that an HTML page makes the browser load, without those kept for browsers that know no modules. */
function scriptsOf(html: string): string[] {
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  const sources = tags
    .filter((tag) => !/\snomodule\b/i.test(tag))
    .flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.slice(1) ?? []);
  return [...new Set(sources.map((source) => source.replaceAll('&amp;', '&')))];
}

/** What the overview's HTML loads for a signed-in member, each script's size after gzip. */
export async function firstLoadScripts(options: { appUrl: string; browser: string }): Promise<Script[]> {
  const cookie = await signedInCookie(options);
  const response = await fetch(options.appUrl, { headers: { cookie }, redirect: 'manual' });
  if (!response.ok) throw new Error(`The overview answered ${response.status} to a signed-in member.`);
  const sources = scriptsOf(await response.text());
  if (sources.length === 0) throw new Error('The overview loads no script at all: nothing was measured.');
  return Promise.all(sources.map((source) => sized(new URL(source, options.appUrl).href)));
}

async function sized(url: string): Promise<Script> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return { url, bytes: gzipSync(await response.arrayBuffer(), { level: 9 }).length };
}

async function signedInCookie({ appUrl, browser }: { appUrl: string; browser: string }): Promise<string> {
  const opened = await chromium.launch({ executablePath: browser, args: chromiumFlags });
  try {
    const page = await opened.newPage({ baseURL: appUrl });
    await signIn(page);
    const cookies = await page.context().cookies();
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await opened.close();
  }
}

/** As Ada, by the demo's one click. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  const door = new URL(page.url()).pathname;
  await page
    .getByRole('button', { name: /\bAda\b/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname !== door);
}

export const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
