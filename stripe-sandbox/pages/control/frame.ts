import { html } from 'hono/html';

import { hour } from '../../levers';
import type { World } from '../../world';
import { document, type Html } from '../layout';

export const HOME = '/_sandbox';
export const browsePath = (kind: string, id = ''): string =>
  `${HOME}/browse/${kind}${id === '' ? '' : `/${encodeURIComponent(id)}`}`;

/** A page of the control plane as it is being drawn: whose it is, where it is, and which sentence brought us here. */
export type View = {
  world: World;
  path: string;
  said: number | null;
  tabs: { kind: string; title: string }[];
};

type Button = { label: string; name?: string; fields?: Record<string, string>; inner?: Html | '' };

/** A form that pulls a lever and comes back to this page. `name` says which one it is, where there are several. */
export const lever = ({ path }: View, to: string, { label, name, fields = {}, inner = '' }: Button) =>
  html`<form method="post" action="${HOME}/${to}" class="lever">
    <input type="hidden" name="back" value="${path}" />
    ${Object.entries(fields).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}" />`)}
    ${inner}
    <button class="little second" ${name === undefined ? '' : html`aria-label="${label}: ${name}"`}>
      ${label}
    </button>
  </form>`;

const heard = ({ world, said: number }: View) => {
  const said = world.said.find((one) => one.number === number);
  if (said === undefined) return '';
  return said.isRefusal
    ? html`<p role="alert">Nothing was done. ${said.sentence}</p>`
    : html`<p role="status">${said.sentence}</p>`;
};

export const control = (view: View, title: string, body: Html) => {
  const here = view.path.split('?')[0];
  const tab = (href: string, text: string) =>
    html`<a href="${href}" ${here === href ? html`aria-current="page"` : ''}>${text}</a>`;
  return document(
    `${title} · Stripe sandbox`,
    html`<nav class="tabs" aria-label="Control page">
        ${tab(HOME, 'Levers')} ${view.tabs.map((one) => tab(browsePath(one.kind), one.title))}
      </nav>
      <main class="wide">
        ${heard(view)}
        <div>
          <h1>${title}</h1>
          <p class="quiet small">The Stripe sandbox of ${view.world.merchant.name}. ${hour(view.world)}</p>
        </div>
        ${body}
      </main>`,
  );
};

export type Cell = string | Html;

/** A table that folds into blocks on a phone, where each cell says its own heading. */
export const table = (label: string, heads: string[], rows: Cell[][]) =>
  rows.length === 0
    ? html`<p class="quiet">None yet.</p>`
    : html`<table class="folds" aria-label="${label}">
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell, index) => html`<td data-head="${heads[index] ?? ''}">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`;

/** The hour of the day in UTC. */
export const at = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** One thing that can go wrong, with its levers. */
export const section = (id: string, title: string, help: string, body: Html) =>
  html`<section class="card" id="${id}">
    <h2>${title}</h2>
    <p class="quiet small">${help}</p>
    ${body}
  </section>`;

export type Choice = { value: string; text: string };

export const choose = (name: string, label: string, options: Choice[], chosen: string) =>
  html`<select name="${name}" aria-label="${label}">
    ${options.map(
      ({ value, text }) =>
        html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`,
    )}
  </select>`;
