/** At once, and then no sooner than after a while, once for all that came meanwhile. */
export function atMostEvery(everyMs: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isWanted = false;
  const run = () => {
    work();
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) run();
      isWanted = false;
    }, everyMs);
  };
  return () => {
    if (timer === null) run();
    else isWanted = true;
  };
}
