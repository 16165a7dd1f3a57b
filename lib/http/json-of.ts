import { AppError } from '@/lib/domain/app-error';

const DEEPEST = 10;
// More than any list of ours may hold.
const LONGEST = 10_000;

/** What JSON says. What two readers could read differently is refused, not guessed; and so is what no contract of ours could hold. */
export function jsonOf(bytes: Buffer): unknown {
  const text = textOf(bytes);
  // Before it is parsed, so that a body of nothing but brackets costs no more than its first ones.
  const colons = colonsIn(text);
  const value = parsed(text);
  if (keysIn(value) !== colons) throw new AppError('malformed_request', 'The JSON names a field twice.');
  return value;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function textOf(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new AppError('malformed_request', 'The body is not UTF-8.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('malformed_request', 'The body is not JSON.');
  }
}

/** Counts the keys of all objects, and refuses what no field of ours could hold. */
function keysIn(value: unknown): number {
  if (typeof value === 'string') refuseUnstorable(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    if (value.length > LONGEST)
      throw new AppError('malformed_request', `A list of the JSON is longer than ${LONGEST}.`);
    return value.reduce<number>((sum, item) => sum + keysIn(item), 0);
  }
  return Object.entries(value).reduce((sum, [key, item]) => {
    refuseUnstorable(key);
    return sum + 1 + keysIn(item);
  }, 0);
}

function refuseUnstorable(text: string): void {
  if (/[\0\p{Surrogate}]/u.test(text))
    throw new AppError('malformed_request', 'A text holds a NUL or half a character.');
}

/**
 * Every key of every object is followed by one colon outside strings: fewer keys than colons, and one came twice. Stops
 * where it is nested too deep.
 */
function colonsIn(text: string): number {
  let colons = 0;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isInString && character === BACKSLASH) at++;
    else if (character === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if (character === COLON) colons++;
    else if (character === BRACKET || character === BRACE) depth = deeper(depth);
    else if (character === BRACKET_END || character === BRACE_END) depth--;
  }
  return colons;
}
const BACKSLASH = 92;
const QUOTE = 34;
const COLON = 58;
const [BRACKET, BRACKET_END] = [91, 93];
const [BRACE, BRACE_END] = [123, 125];

function deeper(depth: number): number {
  if (depth >= DEEPEST)
    throw new AppError('malformed_request', `The JSON is nested deeper than ${DEEPEST} levels.`);
  return depth + 1;
}
