import { html } from 'hono/html';

import type { Html } from './layout';

/** A form as it is read: what was typed, and what is found wrong with it, field by field. */
export type Reading = { typed: URLSearchParams; mistakes: Map<string, string> };

/** A form as it is shown: as it was left, what a bank said to it, and what else there is to say. */
export type Filled = Reading & { refusal: string | null; news: string | null };

export const reading = (typed: URLSearchParams): Reading => ({ typed, mistakes: new Map() });

/** A form that nobody has touched, with what is known already. */
export const untouched = (known: Record<string, string> = {}): Filled => ({
  ...reading(new URLSearchParams(known)),
  refusal: null,
  news: null,
});

/** A form with something wrong in it. */
export const mistaken = (form: Reading): Filled => ({ ...form, refusal: null, news: null });

/** A form that was read well and refused all the same: a bank said no. */
export const refused = (typed: URLSearchParams, refusal: string): Filled => ({
  ...reading(typed),
  refusal,
  news: null,
});

/** A form that was read well and is asked again, because something changed. */
export const askedAgain = (typed: URLSearchParams, news: string): Filled => ({
  ...reading(typed),
  refusal: null,
  news,
});

export const typedIn = ({ typed }: Reading, name: string): string => (typed.get(name) ?? '').trim();

/** Notes the first thing wrong with a field. */
export const wrong = ({ mistakes }: Reading, name: string, sentence: string): null => {
  if (!mistakes.has(name)) mistakes.set(name, sentence);
  return null;
};

/** An address that a mail could reach, or null and a mistake. */
export const readEmail = (form: Reading): string | null => {
  const email = typedIn(form, 'email');
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : wrong(form, 'email', 'Enter your email address.');
};

/** Says before the fields why the form is back. */
export const problem = ({ mistakes, refusal, news }: Filled) => {
  if (news !== null) return html`<p role="alert">${news}</p>`;
  if (refusal !== null) return html`<div id="refusal"><p role="alert">${refusal}</p></div>`;
  if (mistakes.size === 0) return '';
  const which =
    mistakes.size === 1 ? 'the field that is marked' : `the ${mistakes.size} fields that are marked`;
  return html`<p role="alert">Please look again at ${which}.</p>`;
};

/** Read by a screen reader before anything else on the page. */
export const titled = (title: string, { mistakes, refusal, news }: Filled): string =>
  mistakes.size > 0 || refusal !== null || news !== null ? `Error: ${title}` : title;

type Labelled = {
  id: string;
  label: string;
  hint?: string;
  /** Said beside the label of a field that may be left empty. */
  aside?: string;
};
type Field = Labelled & {
  autocomplete: string;
  type?: 'text' | 'email' | 'tel';
  inputmode?: 'text' | 'numeric';
  /** Never given back to the page. */
  secret?: boolean;
  /** Named as the cause when a bank has refused. */
  bank?: boolean;
};

/** What a field says of itself to who cannot see it: whether it is wrong, why, and what helps. */
const described = (
  { mistakes, refusal }: Filled,
  { id, hint, bank = false }: Labelled & { bank?: boolean },
) => {
  const isRefused = bank && refusal !== null;
  const by = [
    ...(mistakes.has(id) ? [`${id}-mistake`] : []),
    ...(isRefused ? ['refusal'] : []),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ].join(' ');
  const isFirst = [...mistakes.keys()][0] === id || isRefused;
  return html`${mistakes.has(id) || isRefused ? html`aria-invalid="true"` : ''}
  ${by === '' ? '' : html`aria-describedby="${by}"`} ${isFirst ? 'autofocus' : ''}`;
};

const around = ({ mistakes }: Filled, { id, label, hint, aside }: Labelled, control: Html) => {
  const mistake = mistakes.get(id);
  return html`<div class="field">
    <label for="${id}"
      >${label}${aside === undefined ? '' : html` <span class="quiet">(${aside})</span>`}</label
    >
    ${control} ${mistake === undefined ? '' : html`<p class="mistake" id="${id}-mistake">${mistake}</p>`}
    ${hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${hint}</p>`}
  </div>`;
};

/** One labelled input, with what is wrong with it and what helps. */
export const field = (filled: Filled, it: Field) => {
  const { id, autocomplete, type = 'text', inputmode = 'text', secret = false, aside } = it;
  return around(
    filled,
    it,
    html`<input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${secret ? '' : (filled.typed.get(id) ?? '')}"
      autocomplete="${autocomplete}"
      inputmode="${inputmode}"
      ${aside === undefined ? 'required' : ''}
      ${described(filled, it)}
    />`,
  );
};

export type Option = { value: string; text: string };

export const select = (filled: Filled, it: Labelled & { autocomplete: string; options: Option[] }) =>
  around(
    filled,
    it,
    html`<select id="${it.id}" name="${it.id}" autocomplete="${it.autocomplete}" ${described(filled, it)}>
      ${it.options.map(
        ({ value, text }) =>
          html`<option value="${value}" ${filled.typed.get(it.id) === value ? 'selected' : ''}>
            ${text}
          </option>`,
      )}
    </select>`,
  );

export const checkbox = ({ typed }: Filled, { id, label }: Labelled) =>
  html`<label class="choice" for="${id}">
    <input id="${id}" type="checkbox" name="${id}" value="yes" ${typed.get(id) === 'yes' ? 'checked' : ''} />
    <span>${label}</span>
  </label>`;
