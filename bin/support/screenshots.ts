import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { type Browser, chromium } from '@playwright/test';

import { inCheckout } from './checkout';
import { chromiumFlags } from './chromium-flags';
import { signIn } from './first-load-js';

const PAGES = {
  overview: '/',
  usage: '/usage',
  activity: '/activity',
  line: '/activity/1',
  buy: '/buy',
  'auto-top-up': '/auto-top-up',
  prices: '/prices?service=dubbing&seconds=180',
  'payment-methods': '/payment-methods',
  invoices: '/invoices',
  settings: '/settings',
  'api-reference': '/docs/api',
};
const WIDTHS = [360, 1_280];
const HEIGHT = 800;

/** Takes every page as Ada sees it, light and dark, on a phone and a desk, and says where the pictures are. */
export async function takeScreenshots(options: { appUrl: string; browser: string }): Promise<string> {
  const folder = inCheckout('screenshots');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const browser = await chromium.launch({ executablePath: options.browser, args: chromiumFlags });
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of WIDTHS) await takeAll(browser, { ...options, folder, colorScheme, width });
    }
  } finally {
    await browser.close();
  }
  return folder;
}

type Look = { appUrl: string; folder: string; colorScheme: 'light' | 'dark'; width: number };

async function takeAll(browser: Browser, { appUrl, folder, colorScheme, width }: Look): Promise<void> {
  const page = await browser.newPage({
    baseURL: appUrl,
    colorScheme,
    viewport: { width, height: HEIGHT },
    reducedMotion: 'reduce',
  });
  await signIn(page);
  // A stream that stays open would never leave the network idle.
  await page.route('**/api/live*', (route) => route.fulfill({ contentType: 'text/event-stream', body: '' }));
  for (const [name, address] of Object.entries(PAGES)) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.screenshot({
      path: path.join(folder, `${name}-${width}-${colorScheme}.png`),
      fullPage: true,
    });
  }
  await page.context().close();
}
