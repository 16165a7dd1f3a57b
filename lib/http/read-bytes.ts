import { AppError } from '@/lib/domain/app-error';

/** The body, up to a limit. Counts as it reads, because a length that a stranger declares is a claim. */
export async function readBytes(request: Request, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new AppError('too_large', `The body is larger than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
