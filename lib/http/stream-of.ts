/** Of a file, in order: text, or bytes as they are. */
export type Piece = string | Uint8Array;

/** What fails on the way breaks the download off: half a file must not look like a whole one. */
export function streamOf(
  first: IteratorResult<Piece>,
  pieces: AsyncGenerator<Piece>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<Piece> | null = first;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = next ?? (await pieces.next());
      next = null;
      if (done === true) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
