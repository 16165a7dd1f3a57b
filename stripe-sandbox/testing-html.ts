/** One control of a form: what it is called, what it holds, and what else it may hold. */
export type Control = { name: string; value: string; options: string[] };
export type Form = { action: string; controls: Control[] };

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : unescaped(found);
};

const controlOf = (tag: string): Control => {
  const options = [...tag.matchAll(/<option[^>]*>/g)].map(([option]) => attribute(option, 'value') ?? '');
  const chosen = /<option[^>]*\sselected[^>]*>/.exec(tag)?.[0] ?? '';
  const value = tag.startsWith('<select')
    ? (attribute(chosen, 'value') ?? options[0])
    : attribute(tag, 'value');
  return { name: attribute(tag, 'name') ?? '', value: value ?? '', options };
};

/** The forms of a page with all that a browser would send, checkboxes and radios as if each were ticked. */
export const formsOf = (page: string): Form[] =>
  [...page.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => ({
    action: attribute(form.slice(0, form.indexOf('>') + 1), 'action') ?? '',
    controls: [...form.matchAll(/<input[^>]*>|<select[\s\S]*?<\/select>|<button[^>]*>/g)]
      .map(([tag]) => controlOf(tag))
      .filter(({ name }) => name !== ''),
  }));

/** What stands on a page as text: no tags, no style. */
export const textOf = (page: string): string =>
  unescaped(
    page
      .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' '),
  ).trim();
