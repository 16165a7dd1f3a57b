import { html } from 'hono/html';

import type { World } from '../../world';
import { charges, savedCards } from './cards';
import { deliveries } from './deliveries';
import { faults } from './faults';
import { control, lever, type View } from './frame';
import { switches } from './switches';
import { time } from './time';

const recipes = html`<section class="card">
  <h2>Try this</h2>
  <ol>
    <li>
      Let auto top-up fail: under <a href="#cards">Saved cards</a>, let the bank say “not enough funds”, and
      use credits until the app charges the card. Set it back and pay from the app.
    </li>
    <li>
      Let the bank ask its holder: set a card to “ask the holder”, let the app charge it, and follow the app
      to the bank’s page.
    </li>
    <li>
      Lose a webhook: <a href="#deliveries">drop</a> deliveries, buy credits, close the page before it comes
      back, and watch the app find the payment by itself.
    </li>
    <li>
      Lose an answer: let <a href="#faults">the next request</a> to <code>/v1/invoices/*/pay</code> time out
      though it was done. The card is charged once.
    </li>
  </ol>
</section>`;

const SHOWN = 8;

const lately = ({ said }: World) =>
  html`<section class="card">
    <h2>Done lately</h2>
    ${said.length === 0 ? html`<p class="quiet">Nothing yet.</p>` : ''}
    <ol class="lines" reversed>
      ${said
        .slice(-SHOWN)
        .toReversed()
        .map(
          ({ at, sentence, isRefusal }) =>
            html`<li>
              <span>${isRefusal ? 'Not done: ' : ''}${sentence}</span>
              <span class="quiet small">${new Date(at).toISOString().slice(11, 19)}</span>
            </li>`,
        )}
    </ol>
  </section>`;

const reset = (view: View) =>
  html`<details class="card">
    <summary>Start again</summary>
    <p>
      Every customer, card, payment and event is forgotten. The app still remembers them, and will find them
      gone.
    </p>
    ${lever(view, 'reset', { label: 'Forget everything' })}
  </details>`;

/** Every lever there is, on one page. */
export const leversPage = (view: View) =>
  control(
    view,
    'Make it fail',
    html`${recipes}
      <div class="columns">
        <div>${savedCards(view)} ${charges(view)} ${faults(view)} ${lately(view.world)} ${reset(view)}</div>
        <div>${time(view)} ${deliveries(view)} ${switches(view)}</div>
      </div>`,
  );
