import type { Hono } from 'hono';
import { html } from 'hono/html';

import type { Charge } from '../objects';
import type { World } from '../world';
import { brandName, day, document, money, notice } from './layout';

const page = (world: World, charge: Charge) => {
  const card = charge.payment_method_details?.card;
  return document(
    `Receipt from ${world.merchant.name}`,
    html`<main class="narrow">
      <div class="card">
        <h1>Receipt from ${world.merchant.name}</h1>
        <p class="total">${money(charge.amount, charge.currency)}</p>
        <ul class="lines">
          <li><span>Date paid</span><span>${day(charge.created)}</span></li>
          <li>
            <span>Payment method</span><span>${brandName(card?.brand ?? '')} •••• ${card?.last4 ?? ''}</span>
          </li>
          ${charge.description === null ? '' : html`<li><span>For</span><span>${charge.description}</span></li>`}
        </ul>
      </div>
    </main>`,
  );
};

export const mountReceipt = (app: Hono, world: World): void => {
  app.get('/receipts/payment/:token', (c) => {
    const ending = `/receipts/payment/${c.req.param('token')}`;
    const among = { by: 'receipt_url', is: `${world.origin}${ending}` };
    const [charge] = world.store.charges.newestFirst(undefined, among);
    if (charge !== undefined) return c.html(page(world, charge));
    return c.html(notice('Nothing here', 'This receipt does not exist.'), 404);
  });
};
