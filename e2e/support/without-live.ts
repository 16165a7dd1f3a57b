import type { Page } from '@playwright/test';

/** No stream stays open: pages ask by themselves, and a network that is not asked is idle. */
export const withoutLive = (page: Page) =>
  page.route('**/api/live*', (route) => route.fulfill({ contentType: 'text/event-stream', body: '' }));
