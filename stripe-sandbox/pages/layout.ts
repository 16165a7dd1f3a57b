import { html, raw } from 'hono/html';

export type Html = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --ink: #1a1b25; --quiet: #5c6070; --line: #d5d8e0; --ground: #f6f7f9; --paper: #ffffff;
  --accent: #0b57c4; --on-accent: #ffffff; --alarm: #a3161f; --alarm-ground: #fdecec; --stripe: #fff3cd; --on-stripe: #4a3800; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef4; --quiet: #a6abbb; --line: #3b3f4e; --ground: #14151c;
  --paper: #1e2029; --accent: #7db0ff; --on-accent: #0c1730; --alarm: #ffb3b3; --alarm-ground: #42171b; --stripe: #3f3410; --on-stripe: #ffe9a8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
.banner { margin: 0; padding: .5rem 1rem; background: var(--stripe); color: var(--on-stripe); text-align: center; font-size: .875rem; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.narrow { max-width: 32rem; }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0 0 .25rem; }
h2 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
.columns { display: grid; gap: 1.5rem; }
@media (min-width: 48rem) { .columns { grid-template-columns: 1fr 1fr; gap: 3rem; } }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.total { font-size: 2rem; font-weight: 650; margin: 0 0 1rem; font-variant-numeric: tabular-nums; }
.quiet { color: var(--quiet); }
.lines { list-style: none; margin: 0; padding: 0; }
.lines li, .sum { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0; border-top: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }
.sum { font-weight: 600; }
.lines code { white-space: nowrap; }
label, legend { display: block; font-weight: 550; font-size: .9375rem; margin: .9rem 0 .25rem; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
input:not([type=radio]):not([type=checkbox]), select { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit;
  color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; }
input[type=radio], input[type=checkbox] { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); flex: none; }
input:focus-visible, select:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input[aria-invalid=true] { border-color: var(--alarm); }
.choice { display: flex; align-items: center; gap: .625rem; font-weight: 400; padding: .625rem 0; margin: 0; min-height: 2.75rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; align-items: end; }
form:has(input[name=method]):not(:has(#method-new:checked)) .new-card { display: none; }
button { width: 100%; min-height: 2.75rem; margin-top: 1.25rem; padding: .5rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem; }
button.second { color: var(--ink); background: transparent; border-color: var(--line); margin-top: .75rem; }
button.small { width: auto; min-height: 0; margin: 0; padding: .125rem .5rem; font-size: .8125rem; }
[role=alert] { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .5rem; color: var(--alarm); background: var(--alarm-ground); }
details { margin-top: 1.5rem; font-size: .875rem; }
code { font-family: ui-monospace, monospace; font-size: .875em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--line); white-space: nowrap; }
`;

/** Every page of the sandbox says that it is one. */
export const document = (title: string, body: Html | Promise<Html>) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="banner">Sandbox: no real money moves. Never type a real card here.</header>
        ${body}
      </body>
    </html>`;

/** A page with one thing to say. */
export const notice = (title: string, sentence: string, link?: { href: string; text: string }) =>
  document(
    title,
    html`<main class="narrow">
      <div class="card">
        <h1>${title}</h1>
        <p>${sentence}</p>
        ${link === undefined ? '' : html`<p><a href="${link.href}">${link.text}</a></p>`}
      </div>
    </main>`,
  );

/** Cents as people read them: `$50.00`, `¥500`. */
export const money = (amount: number, currency: string): string => {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

export const day = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
};
export const brandName = (brand: string): string => brands[brand] ?? brand;
