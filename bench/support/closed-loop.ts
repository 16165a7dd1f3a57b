import { performance } from 'node:perf_hooks';

export type Loop = {
  /** Done a second. */
  rate: number;
  done: number;
  /** Milliseconds of each. */
  latencies: number[];
};

/** Keeps so many under way for so long: whoever has an answer asks the next at once. */
export async function closedLoop(
  { inFlight, seconds }: { inFlight: number; seconds: number },
  work: (index: number) => Promise<unknown>,
): Promise<Loop> {
  const latencies: number[] = [];
  const started = performance.now();
  const ends = started + seconds * 1_000;
  let next = 0;
  const one = async () => {
    while (performance.now() < ends) {
      const asked = performance.now();
      await work(next++);
      latencies.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  const took = (performance.now() - started) / 1_000;
  return { rate: latencies.length / took, done: latencies.length, latencies };
}
