import { html } from 'hono/html';

import type { LoggedRequest } from '../../world';
import { status } from '../layout';
import { at, control, table, type View } from './frame';

const SHOWN = 50;

const answered = ({ status: code, replayed }: LoggedRequest) =>
  html`${status(code === null ? 'none' : `${code}`, code !== null && code < 400 ? 'good' : 'alarm')}
  ${replayed ? 'replayed' : ''}`;

/** What the app asked of the API lately, newest first. */
export const requestsPage = (view: View) =>
  control(
    view,
    'Requests',
    html`<section class="card" aria-label="Requests">
      ${table(
        'Requests',
        ['Request', 'Key', 'Answer', 'Made'],
        view.world.requests
          .slice(-SHOWN)
          .toReversed()
          .map((request) => [
            html`${request.method} <code>${request.path}</code>`,
            request.idempotencyKey ?? '',
            answered(request),
            at(request.at),
          ]),
      )}
    </section>`,
  );
