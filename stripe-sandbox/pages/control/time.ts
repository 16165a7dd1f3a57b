import { html } from 'hono/html';

import { lever, section, type View } from './frame';

const HOUR = 3600;
const DAY = 24 * HOUR;
const steps: [string, number][] = [
  ['1 hour on', HOUR],
  ['1 day on', DAY],
  ['7 days on', 7 * DAY],
  ['30 days on', 30 * DAY],
];

export const time = (view: View) => {
  const isFrozen = view.world.clock.state().frozenAtMs !== null;
  const number = (name: string, label: string) =>
    html`<label>${label}<input name="${name}" type="text" inputmode="numeric" value="0" /></label>`;
  return section(
    'time',
    'Time',
    'Sessions expire, invoices fall due, cards run out and retries come by this clock. Signatures keep to real time.',
    html`<div class="actions">
        ${steps.map(([label, seconds]) => lever(view, 'clock', { label, fields: { advance: `${seconds}` } }))}
        ${
          isFrozen
            ? lever(view, 'clock', { label: 'Let time run', fields: { freeze: 'false' } })
            : lever(view, 'clock', { label: 'Freeze', fields: { freeze: 'true' } })
        }
        ${lever(view, 'clock', { label: 'Back to real time', fields: { offset: '0', freeze: 'false' } })}
      </div>
      <div class="actions">
        ${lever(view, 'clock', { label: 'Advance', inner: number('advance', 'Seconds on from now') })}
        ${lever(view, 'clock', { label: 'Shift', inner: number('offset', 'Seconds off real time') })}
      </div>`,
  );
};
