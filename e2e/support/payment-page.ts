import { expect, type Page } from '@playwright/test';

/** Stripe's hosted page, as a customer uses it. */
export const paymentPage = (page: Page) => ({
  async isOpen(price: string) {
    await expect(page.getByRole('button', { name: `Pay ${price}` })).toBeVisible();
  },
  async fills(number: string) {
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry (MM / YY)').fill('12 / 34');
    await page.getByLabel('CVC').fill('123');
    await page.getByLabel('Name on card').fill('Ada Lovelace');
  },
  async pays(number: string) {
    await this.fills(number);
    await page.getByRole('button', { name: /^Pay / }).click();
  },
});

/** Pays the page at `url` as its form would, and never follows the way back. The status it was answered with. */
export async function payWithoutComingBack(url: string, number: string): Promise<number> {
  const form = { number, expiry: '12 / 34', cvc: '123', name: 'Ada Lovelace' };
  const { status } = await fetch(url.split('#')[0] ?? '', {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  return status;
}
