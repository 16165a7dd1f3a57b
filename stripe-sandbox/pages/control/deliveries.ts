import { html } from 'hono/html';

import { deliverySays } from '../../levers';
import { orderly, type DeliveryMode } from '../../world';
import { status } from '../layout';
import { lever, section, type View } from './frame';

const modes: { name: keyof DeliveryMode; on: string; off: string; value?: string }[] = [
  { name: 'hold', on: 'Hold', off: 'Stop holding' },
  { name: 'shuffle', on: 'Shuffle', off: 'Stop shuffling' },
  { name: 'duplicate', on: 'Send twice', off: 'Send once', value: '1' },
  { name: 'duplicateNewId', on: 'Write twice', off: 'Write once' },
  { name: 'drop', on: 'Drop', off: 'Stop dropping' },
  { name: 'wrongSignature', on: 'Sign wrongly', off: 'Sign rightly' },
  { name: 'oldTimestamp', on: 'Date back an hour', off: 'Date rightly' },
];

export const deliveries = (view: View) => {
  const { delivery, store } = view.world;
  const row = ({ name, on, off, value = 'true' }: (typeof modes)[number]) => {
    const isOn = delivery[name] !== orderly[name];
    const fields = { [name]: isOn ? `${orderly[name]}` : value };
    return html`<li>
      <span>${deliverySays[name](delivery)} ${isOn ? status('On', 'warn') : ''}</span>
      ${lever(view, 'webhooks', { label: isOn ? off : on, fields })}
    </li>`;
  };
  const all = Object.fromEntries(Object.entries(orderly).map(([name, value]) => [name, `${value}`]));
  return section(
    'deliveries',
    'Deliveries',
    `How webhooks go wrong. ${store.outbox.size()} on their way.`,
    html`<ul class="lines cards">
        ${modes.map(row)}
        <li>
          <span>${deliverySays.delayMs(delivery)} ${delivery.delayMs > 0 ? status('On', 'warn') : ''}</span>
          ${lever(view, 'webhooks', {
            label: 'Delay',
            inner: html`<input
              name="delayMs"
              inputmode="numeric"
              aria-label="Delay in milliseconds"
              value="${delivery.delayMs}"
            />`,
          })}
        </li>
      </ul>
      <div class="actions">
        ${lever(view, 'webhooks/release', { label: 'Release what is held' })}
        ${lever(view, 'webhooks', { label: 'Deliver as Stripe does', fields: all })}
      </div>`,
  );
};
