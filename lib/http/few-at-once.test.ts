import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { fewAtOnce } from './few-at-once';
import { inTurn } from './in-turn';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const PATIENCE_MS = 10_000;
const STALLED_MS = 25_000;

describe('so many at once', () => {
  test('and the next one comes when a place is given back, in the order of their coming', async () => {
    const enter = fewAtOnce(2, PATIENCE_MS);
    const came: string[] = [];
    const comes = async (name: string) => {
      const leave = await enter();
      if (leave) came.push(name);
      return leave;
    };
    const [first, second] = await Promise.all([comes('first'), comes('second')]);
    const others = [comes('third'), comes('fourth')];
    await vi.advanceTimersByTimeAsync(0);
    expect(came).toEqual(['first', 'second']);
    first?.();
    // Twice is once, and whoever asks now does not come in between.
    first?.();
    const late = comes('late');
    await others[0];
    expect(came).toEqual(['first', 'second', 'third']);
    second?.();
    await others[1];
    expect(came).toEqual(['first', 'second', 'third', 'fourth']);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(await late).toBeNull();
  });
});

describe('what is read in turn', () => {
  /** Ten pieces, and whether what they are read from is held. */
  function tenPieces() {
    const source = { isHeld: false };
    async function* pieces() {
      source.isHeld = true;
      try {
        for (let piece = 0; piece < 10; piece += 1) yield `${piece}`;
      } finally {
        source.isHeld = false;
      }
    }
    const leave = vi.fn<() => void>();
    return { source, leave, read: inTurn(pieces(), leave, STALLED_MS) };
  }

  test('gives its place back at the end', async () => {
    const { source, leave, read } = tenPieces();
    const taken: unknown[] = [];
    for await (const piece of read) taken.push(piece);
    expect(taken).toHaveLength(10);
    expect(source.isHeld).toBe(false);
    expect(leave).toHaveBeenCalled();
  });

  test('gives it back when its reader goes', async () => {
    const { source, leave, read } = tenPieces();
    await read.next();
    await read.return(undefined);
    expect(source.isHeld).toBe(false);
    expect(leave).toHaveBeenCalled();
  });

  test('is let go of when nobody takes the next piece, and does not look whole', async () => {
    const { source, leave, read } = tenPieces();
    await read.next();
    await vi.advanceTimersByTimeAsync(STALLED_MS - 1);
    expect(source.isHeld).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(source.isHeld).toBe(false);
    expect(leave).toHaveBeenCalled();
    await expect(read.next()).rejects.toThrow('broke off');
  });

  test('is not, while somebody takes one piece after the other, however slowly', async () => {
    const { read } = tenPieces();
    for (let piece = 0; piece < 10; piece += 1) {
      await vi.advanceTimersByTimeAsync(STALLED_MS - 1);
      expect((await read.next()).value).toBe(`${piece}`);
    }
    expect((await read.next()).done).toBe(true);
  });
});
