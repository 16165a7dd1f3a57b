import { createHash } from 'node:crypto';

import { type Browser, chromium, type Page } from '@playwright/test';

import { provideChromium } from '@/bin/support/chromium';
import { chromiumFlags } from '@/bin/support/chromium-flags';
import { freshSecrets } from '@/bin/support/secrets';
import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { wholeCredits } from '@/lib/domain/credits';

import type { Bench } from './support/bench';
import { served } from './support/http-stand';
import { memberCookies } from './support/member-cookies';
import { median, rounded, spread, type Verdict } from './support/report';
import type { Stand } from './support/stand';

// A slow telephone beside the machine that measures.
const SLOWER = 4;
const CHARGES = 300;
const GOALS = { lcp: 1_500, cls: 0.02, inp: 200 };
const PAGES = {
  overview: '/',
  usage: '/usage',
  activity: '/activity',
  prices: '/prices',
  'auto top-up': '/auto-top-up',
};
/** What a hand does on a page, and the page that it does it on. */
const HANDS: Readonly<Record<string, { path: string; does: (page: Page) => Promise<void> }>> = {
  'a filter of usage': {
    path: '/usage',
    does: (page) =>
      page.getByRole('navigation', { name: 'Days shown' }).getByRole('link', { name: '7 days' }).click(),
  },
  'a slider of the time machine': {
    path: '/auto-top-up',
    does: async (page) => {
      await page.getByRole('slider').first().focus();
      for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    },
  },
};

type Felt = { lcp: number; cls: number; inp: number };

/** What a person waits for and sees jump, in a Chromium that is made four times slower. The server is on the same machine. */
export const pageFeel: Bench = async (stand, { rounds }) => {
  const [accountId] = await stand.accounts(1, 5_000n);
  if (accountId === undefined) throw new Error('No account was opened');
  const before = await stand.consumed();
  await use(stand, accountId);
  const secrets = freshSecrets();
  const [cookie = ''] = await memberCookies(stand, [accountId], secrets.auth);
  const url = await served(stand, 'next', secrets);
  const browser = await chromium.launch({
    executablePath: await provideChromium(stand.processes),
    args: chromiumFlags,
  });
  try {
    const verdicts: Verdict[] = [];
    for (const [name, path] of Object.entries(PAGES)) {
      const felt = await everyRound(rounds, () => feel(browser, { url, cookie, path }));
      verdicts.push(verdictOf(`${name}: largest paint`, felt, 'lcp'));
      verdicts.push(verdictOf(`${name}: layout that moved`, felt, 'cls'));
    }
    for (const [name, { path, does }] of Object.entries(HANDS)) {
      const felt = await everyRound(rounds, () => feel(browser, { url, cookie, path, does }));
      verdicts.push(verdictOf(`${name}: from the hand to the next paint`, felt, 'inp'));
    }
    await stand.prove({ before, applied: CHARGES });
    return verdicts;
  } finally {
    await browser.close();
  }
};

async function use(stand: Stand, accountId: AccountId): Promise<void> {
  for (let turn = 0; turn < CHARGES; turn += 1) {
    const reference = `job ${turn}`;
    const hash = createHash('sha256').update(reference).digest();
    const service = `service ${turn % 5}`;
    await charge(stand.db, { accountId, reference, hash, amount: wholeCredits(1n), service });
  }
}

/** The first is for warming up. */
async function everyRound(rounds: number, once: () => Promise<Felt>): Promise<Felt[]> {
  const felt: Felt[] = [];
  for (let round = 0; round <= rounds; round += 1) felt.push(await once());
  return felt.slice(1);
}

type Visit = { url: string; cookie: string; path: string; does?: (page: Page) => Promise<void> };

async function feel(browser: Browser, { url, cookie, path, does }: Visit): Promise<Felt> {
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const slow = await context.newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(watch);
  await page.goto(`${url}${path}`, { waitUntil: 'load' });
  // Until nothing of the first load is left to do: a paint that comes later would count, too.
  await page.waitForFunction(() => performance.now() > 3_000);
  if (does !== undefined) {
    await does(page);
    await page.waitForFunction(() => (window as unknown as { felt: Felt }).felt.inp > 0);
  }
  const felt = await page.evaluate(() => (window as unknown as { felt: Felt }).felt);
  await context.close();
  return felt;
}

/** Runs in the page, before anything of it does. */
function watch(): void {
  const felt: Felt = { lcp: 0, cls: 0, inp: 0 };
  Object.assign(window, { felt });
  const observe = (type: string, seen: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(seen)).observe({
      type,
      buffered: true,
      durationThreshold: 16,
    } as PerformanceObserverInit);
  observe('largest-contentful-paint', ({ startTime }) => (felt.lcp = startTime));
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) felt.cls += value;
  });
  observe('event', ({ duration }) => (felt.inp = Math.max(felt.inp, duration)));
}

function verdictOf(of: string, felt: readonly Felt[], what: keyof Felt): Verdict {
  const values = felt.map((one) => one[what]);
  const places = what === 'cls' ? 4 : 0;
  const value = rounded(median(values), places);
  return {
    ratio: rounded(value / GOALS[what]),
    of,
    value,
    unit: what === 'cls' ? 'share of the screen' : 'ms',
    goal: `at most ${GOALS[what]}`,
    met: value <= GOALS[what],
    rounds: spread(values),
  };
}
