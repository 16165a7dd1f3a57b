import { html, raw } from 'hono/html';

import { style } from './style';

export type Html = ReturnType<typeof html>;

/** Every page of the sandbox says that it is one. */
export const document = (title: string, body: Html) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="banner">Sandbox: no real money moves. Never type a real card here.</header>
        ${body}
      </body>
    </html>`;

type Way = { href: string; text: string };

/** A page with one thing to say. */
export const notice = (title: string, sentence: string, way: Way | null = null) =>
  document(
    title,
    html`<main class="narrow">
      <div class="card">
        <h1>${title}</h1>
        <p>${sentence}</p>
        ${way === null ? '' : html`<p><a href="${way.href}">${way.text}</a></p>`}
      </div>
    </main>`,
  );

/** One row of a bill: what it is, and what it comes to. */
export const sum = (name: string, amount: string, strong = false) =>
  html`<p class="sum${strong ? ' strong' : ''}">
    <span>${name}</span><span class="amount">${amount}</span>
  </p>`;

/** What is known, name by name. */
export const facts = (rows: (readonly [string, string | Html | null])[]) =>
  html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
  </dl>`;

export type Tone = 'good' | 'warn' | 'alarm' | 'calm';

export const status = (word: string, tone: Tone) => html`<span class="status ${tone}">${word}</span>`;
