const SHORTEST = 2;
// The part of a key that its owner may see again.
const KEY_BEGINNING = 16;

/** What is asked for when somebody types this; null for too little. Of a key no more is sent than is shown of it anyway. */
export function searchedText(typed: string): string | null {
  const text = typed.trim();
  if (text.length < SHORTEST) return null;
  return text.startsWith('cof_') ? text.slice(0, KEY_BEGINNING) : text;
}
