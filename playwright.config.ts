import { defineConfig, devices } from '@playwright/test';

import { chromiumFlags } from './bin/support/chromium-flags';

const { CHROMIUM_PATH: chromium, COFFER_STORIES_REPORT: report } = process.env;

/** What each worker knows of its stack: stories share a company's accounts and a sandbox, so a stack hears one at a time. */
const stacks = JSON.parse(process.env['COFFER_STACKS'] ?? '[]') as Record<string, string>[];
Object.assign(process.env, stacks[Number(process.env['TEST_PARALLEL_INDEX'] ?? '0')]);
const { APP_URL: baseURL } = process.env;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: Math.max(1, stacks.length),
  retries: 0,
  forbidOnly: report !== undefined,
  // Only a guard against hanging: nothing here may depend on how fast the machine is.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  use: {
    ...devices['Desktop Chrome'],
    ...(baseURL === undefined ? {} : { baseURL }),
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: chromiumFlags,
    },
  },
});
