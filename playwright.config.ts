import { defineConfig, devices } from '@playwright/test';

import { chromiumFlags } from './bin/support/chromium-flags';

const { APP_URL: baseURL, CHROMIUM_PATH: chromium, COFFER_STORIES_REPORT: report } = process.env;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // The stories share one company's accounts and one sandbox, so they are told one after the other.
  workers: 1,
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
