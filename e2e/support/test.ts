import { expect, type Page, test as base } from '@playwright/test';

import { Customer } from './customer';
import { sandbox } from './sandbox';

type Fixtures = { customer: Customer; quietConsole: void };

/** Every story: a customer of its own, a sandbox that behaves again afterwards, and a console without complaints. */
export const test = base.extend<Fixtures>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // oxlint-disable-next-line no-empty-pattern
  customer: async ({}, use) => {
    await use(await Customer.create({ credits: 120 }));
  },
  quietConsole: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      await use();
      await sandbox.behave();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const balance = (page: Page) => page.getByRole('status', { name: 'Balance' });
