/** Light and dark are two sets of the same names. Text has a contrast of 4.5 to 1 on every ground, lines that mean something 3 to 1. */
const colours = `
:root { color-scheme: light dark; --ink: #1c1d2b; --quiet: #565a6e; --line: #dcdfe7; --edge: #868ca0; --ground: #f4f5f8;
  --paper: #ffffff; --accent: #4338ca; --on-accent: #ffffff; --good: #0d6236; --good-ground: #e2f4e9; --warn: #7a4a00;
  --warn-ground: #fdf0d5; --alarm: #a3161f; --alarm-ground: #fdecec; --stripe: #ffe8a3; --stripe-2: #ffdf85; --on-stripe: #433300; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef5; --quiet: #a9aec0; --line: #363a49; --edge: #7b8196; --ground: #13141b;
  --paper: #1d1f29; --accent: #a5b0ff; --on-accent: #14163a; --good: #8fe0b1; --good-ground: #12341f; --warn: #ffd58a;
  --warn-ground: #3a2c0d; --alarm: #ffb1b1; --alarm-ground: #42171b; --stripe: #3d3210; --stripe-2: #463a14; --on-stripe: #ffe9a8; } }
`;

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
p { margin: .5rem 0; }
.banner { padding: .5rem 1rem; color: var(--on-stripe); text-align: center; font-size: .875rem;
  background: repeating-linear-gradient(135deg, var(--stripe) 0 12px, var(--stripe-2) 12px 24px); }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main > * + * { margin-top: 1rem; }
.narrow { max-width: 34rem; }
.wide { max-width: 78rem; }
h1 { font-size: 1.25rem; font-weight: 600; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1rem; font-weight: 600; margin: 0 0 .5rem; }
.columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 50rem) { .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 3rem; align-items: start; } }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.card > section + section { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.total { font-size: 2rem; font-weight: 600; line-height: 1.2; margin: .25rem 0 .75rem; font-variant-numeric: tabular-nums; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.status { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 500; white-space: nowrap;
  background: var(--ground); color: var(--quiet); border: 1px solid var(--line); }
.status.good { color: var(--good); background: var(--good-ground); border-color: transparent; }
.status.warn { color: var(--warn); background: var(--warn-ground); border-color: transparent; }
.status.alarm { color: var(--alarm); background: var(--alarm-ground); border-color: transparent; }
code { font-family: ui-monospace, monospace; font-size: .875em; }
`;

const lists = `
.lines { list-style: none; margin: 0; padding: 0; }
.lines > li, .sum { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .125rem 1rem; padding: .5rem 0;
  border-top: 1px solid var(--line); }
.lines > li:first-child { border-top: 0; }
.lines > li > :first-child, .sum > :first-child { flex: 1 1 8rem; min-width: 0; }
.amount { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.sum { margin: 0; }
.code { padding: .75rem 0 1rem; border-top: 1px solid var(--line); }
.sum.strong { font-weight: 600; }
.facts { display: grid; grid-template-columns: minmax(5rem, max-content) minmax(0, 1fr); gap: .25rem 1rem; margin: .5rem 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; white-space: pre-line; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.cards > li { align-items: center; }
`;

const forms = `
label, legend { display: block; font-weight: 500; font-size: .9375rem; margin: 0 0 .25rem; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.field, fieldset { margin-top: .875rem; }
.hint, .mistake { margin: .25rem 0 0; font-size: .875rem; }
.hint { color: var(--quiet); }
.mistake { color: var(--alarm); }
input:not([type=radio]):not([type=checkbox]), select { width: 100%; min-width: 0; min-height: 2.75rem; padding: .5rem .75rem; font: inherit;
  color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: .5rem; text-overflow: ellipsis; }
input[type=radio], input[type=checkbox] { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); flex: none; }
:is(input, select, button, a, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input[aria-invalid=true], select[aria-invalid=true] { border: 2px solid var(--alarm); }
.choice { display: flex; align-items: center; gap: .625rem; font-weight: 400; margin: 0; padding: .375rem 0; min-height: 2.75rem; cursor: pointer; }
.choice > span { min-width: 0; }
.saved { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem; border-bottom: 1px solid var(--line); }
.saved .choice { flex: 1 1 12rem; min-width: 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 .75rem; align-items: start; }
.beside { display: flex; gap: .5rem; align-items: end; }
.beside > :first-child { flex: 1; min-width: 0; margin-top: 0; }
form:has(input[name=method]):not(:has(#method-new:checked)) .new-card { display: none; }
form:has(#business):not(:has(#business:checked)) .of-business { display: none; }
button, .button { display: block; width: 100%; min-height: 2.75rem; margin: 1.25rem 0 0; padding: .5rem 1rem; font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; cursor: pointer; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem; }
:is(button, .button).second { color: var(--ink); background: var(--paper); border-color: var(--edge); }
:is(button, .button).second:not(.little) { margin-top: .75rem; }
button.little { width: auto; min-height: 2rem; margin: 0; padding: .125rem .625rem; font-size: .875rem; font-weight: 500; }
.beside button { width: auto; margin: 0; }
[role=alert], [role=status] { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .5rem; }
[role=alert] { color: var(--alarm); background: var(--alarm-ground); }
[role=status] { color: var(--good); background: var(--good-ground); }
details > summary { cursor: pointer; }
.remove { font-size: .875rem; }
.remove[open] { flex-basis: 100%; padding-bottom: .5rem; }
.remove summary { list-style: none; }
.remove summary::-webkit-details-marker { display: none; }
.remove summary, .link { color: var(--accent); text-decoration: underline; padding: .375rem 0; }
.try { margin-top: 1.5rem; font-size: .875rem; }
.try code { white-space: nowrap; }
`;

const tables = `
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); }
th { font-weight: 500; color: var(--quiet); border-top: 0; white-space: nowrap; }
td.amount, th.amount { text-align: right; }
@media (max-width: 47.99rem) {
  table.folds thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.folds :is(tbody, tr, td) { display: block; }
  table.folds tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  table.folds td { border: 0; padding: .0625rem 0; text-align: left; }
  table.folds td[data-head]::before { content: attr(data-head) " "; color: var(--quiet); }
}
`;

const controls = `
.tabs { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .625rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); font-size: .875rem; }
.tabs a { color: var(--quiet); text-decoration: none; padding: .25rem 0; }
.tabs a:hover { text-decoration: underline; }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; }
.wide .columns { gap: 1rem; }
.columns > div { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.lever { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.lever :is(input:not([type=checkbox]), select) { width: auto; max-width: 100%; min-height: 2rem; padding: .125rem .5rem; font-size: .875rem; font-weight: 400; }
.lever label { font-size: .8125rem; margin: 0; display: grid; gap: .125rem; min-width: 0; max-width: 100%; }
.lever label.choice { display: flex; min-height: 2rem; padding: 0; }
.actions + .actions { margin-top: .75rem; }
ol { margin: .5rem 0; padding-left: 1.25rem; }
ol.lines { padding: 0; }
.json { margin: 0; white-space: pre-wrap; font: .8125rem/1.5 ui-monospace, monospace; }
`;

export const style = [colours, page, lists, forms, tables, controls].join('');
