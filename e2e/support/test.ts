import { expect, type Page, test as base } from '@playwright/test';

import { appUrl } from './addresses';
import { Customer } from './customer';
import { sandbox } from './sandbox';

type Fixtures = { customer: Customer; expectedComplaints: RegExp; quietConsole: void };

/** Every story: a customer of its own, a sandbox that behaves again afterwards, and a console without complaints. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs: none.
  customer: async ({}, use) => {
    await use(await Customer.create({ credits: 120 }));
  },
  /** What the browser may say of our pages in a story that makes something fail. */
  expectedComplaints: [/(?!)/, { option: true }],
  quietConsole: [
    async ({ context, expectedComplaints }, use) => {
      const complaints: string[] = [];
      const complain = (text: string) => {
        if (!expectedComplaints.test(text)) complaints.push(text);
      };
      context.on('console', (message) => {
        const isOurs = message.location().url.startsWith(appUrl);
        if (isOurs && ['error', 'warning'].includes(message.type())) complain(message.text());
      });
      context.on('weberror', (error) => complain(String(error.error())));
      await use();
      await sandbox.behave();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const balance = (page: Page) => page.getByRole('status', { name: 'Balance' });
