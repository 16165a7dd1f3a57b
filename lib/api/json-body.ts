import { AppError } from '@/lib/domain/app-error';
import { readBytes } from '@/lib/http/read-bytes';

const DEEPEST = 10;

/** The JSON of a request, no larger than `most` bytes. What two readers could read differently is refused, not guessed. */
export async function jsonBody(request: Request, most: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new AppError('malformed_request', 'Send JSON, with Content-Type: application/json.');
  const bytes = await readBytes(request, most);
  const text = textOf(bytes);
  const value = parsed(text);
  if (keysIn(value, 0) !== colonsIn(text))
    throw new AppError('malformed_request', 'The JSON names a field twice.');
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
function keysIn(value: unknown, depth: number): number {
  if (depth > DEEPEST)
    throw new AppError('malformed_request', `The JSON is nested deeper than ${DEEPEST} levels.`);
  if (typeof value === 'string') refuseUnstorable(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + keysIn(item, depth + 1), 0);
  return Object.entries(value).reduce((sum, [key, item]) => {
    refuseUnstorable(key);
    return sum + 1 + keysIn(item, depth + 1);
  }, 0);
}

function refuseUnstorable(text: string): void {
  if (/[\0\p{Surrogate}]/u.test(text))
    throw new AppError('malformed_request', 'A text holds a NUL or half a character.');
}

/** Every key of every object is followed by one colon outside strings: fewer keys than colons, and one came twice. */
function colonsIn(text: string): number {
  let colons = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isInString && character === BACKSLASH) at++;
    else if (character === QUOTE) isInString = !isInString;
    else if (!isInString && character === COLON) colons++;
  }
  return colons;
}
const BACKSLASH = 92;
const QUOTE = 34;
const COLON = 58;
