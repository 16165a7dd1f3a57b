import { readBytes } from './read-bytes';

// Many times what any form of ours sends.
const MOST_BYTES = 16_384;

/** The fields of a plain form; none where the body is no form. */
export async function readForm(request: Request): Promise<Record<string, FormDataEntryValue>> {
  const body = new Uint8Array(await readBytes(request, MOST_BYTES));
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const sent = await new Response(body, { headers }).formData().catch(() => new FormData());
  return Object.fromEntries(sent);
}
