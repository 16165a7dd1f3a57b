import { html } from 'hono/html';

import type { Switches } from '../../world';
import { choose, lever, section, type View } from './frame';

const points: { [Name in keyof Switches]: { says: string; choices: Record<Switches[Name], string> } } = {
  checkoutInvoice: {
    says: 'When a paid session has its invoice',
    choices: {
      in_completed_event: 'In the completed event already',
      after_completed_event: 'Right after it',
      seconds_later: 'Some seconds later',
    },
  },
  offSessionChallenge: {
    says: 'What becomes of an off-session invoice whose bank wants the holder',
    choices: {
      requires_action: 'A: its payment waits for an action',
      requires_payment_method: 'B: its payment is declined',
    },
  },
  actionRequired: {
    says: 'What is told when an action is required',
    choices: { alone: 'That alone', with_payment_failed: 'A failed payment beside it' },
  },
  invoiceIntentConfirm: {
    says: 'Whether the API confirms the payment of an invoice',
    choices: { allowed: 'It does', refused: 'It refuses' },
  },
  detachedDefault: {
    says: 'Whether a default card that is detached is still the default',
    choices: { cleared: 'No default is left', kept: 'It still is' },
  },
  cardsOnlyReturnUrl: {
    says: 'Whether a payment by card alone can be confirmed without a return address',
    choices: { not_needed: 'It can', required: 'It is refused' },
  },
  paidInvoiceRefusal: {
    says: 'How paying a paid invoice is refused',
    choices: { without_code: 'In a sentence', with_code: 'With a code beside it' },
  },
  delayedPayment: {
    says: 'Whether a card pays at once in Checkout',
    choices: { never: 'At once', succeeds: 'Later, as a debit does', fails: 'Later, and it fails' },
  },
  automaticTax: {
    says: 'What automatic tax comes to',
    choices: { zero: 'Nothing', by_place: 'A rate by country and state' },
  },
};

export const switches = (view: View) =>
  section(
    'switches',
    'Points that Stripe’s documents leave open',
    'An app should be tried both ways.',
    html`<ul class="lines cards">
      ${(Object.keys(points) as (keyof Switches)[]).map((name) => {
        const { says, choices } = points[name];
        const options = Object.entries(choices).map(([value, text]) => ({ value, text }));
        return html`<li>
          <span>${says} <code class="quiet">${name}</code></span>
          ${lever(view, 'switches', { label: 'Set', name: says, inner: choose(name, says, options, view.world.switches[name]) })}
        </li>`;
      })}
    </ul>`,
  );
