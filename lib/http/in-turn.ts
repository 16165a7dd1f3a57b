import type { Leave } from './few-at-once';
import type { Piece } from './stream-of';

/**
 * The same pieces, whose place is given back with the last of them, or when their reader takes none for too long: then what
 * they were read from is let go of, and the next one who asks for a piece is told that it broke off.
 */
export async function* inTurn(
  pieces: AsyncGenerator<Piece>,
  leave: Leave,
  stalledMs: number,
): AsyncGenerator<Piece> {
  let isStalled = false;
  try {
    for await (const piece of pieces) {
      const watch = setTimeout(() => {
        isStalled = true;
        leave();
        void pieces.return(undefined);
      }, stalledMs);
      try {
        yield piece;
      } finally {
        clearTimeout(watch);
      }
    }
    if (isStalled) throw new Error('a download broke off: nobody took its next piece');
  } finally {
    leave();
  }
}
