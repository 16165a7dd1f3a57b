import { AppError } from '@/lib/domain/app-error';
import { jsonOf } from '@/lib/http/json-of';
import { readBytes } from '@/lib/http/read-bytes';

/** The JSON of a request, no larger than `most` bytes. */
export async function jsonBody(request: Request, most: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new AppError('malformed_request', 'Send JSON, with Content-Type: application/json.');
  return jsonOf(await readBytes(request, most));
}
