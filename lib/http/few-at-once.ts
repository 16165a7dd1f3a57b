/** Gives a place back; twice is once. */
export type Leave = () => void;

/**
 * So many at once, and the others in the order in which they came. For what holds a connection for as long as its reader
 * takes: a few slow readers must not leave everybody else without one.
 */
export function fewAtOnce(most: number, patienceMs: number) {
  let taken = 0;
  const waiting = new Set<() => void>();

  function place(): Leave {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      // Handed on, and not given back, so that nobody comes in between.
      const [next] = waiting;
      if (next) next();
      else taken -= 1;
    };
  }

  const comesTheirTurn = () =>
    new Promise<boolean>((resolve) => {
      const end = (isTheirs: boolean) => {
        clearTimeout(timer);
        waiting.delete(come);
        resolve(isTheirs);
      };
      const come = () => end(true);
      const timer = setTimeout(() => end(false), patienceMs);
      waiting.add(come);
    });

  /** Null: it took too long. */
  return async function enter(): Promise<Leave | null> {
    if (taken >= most) return (await comesTheirTurn()) ? place() : null;
    taken += 1;
    return place();
  };
}
