import { orUnavailable } from './unavailable';

/** All of a list, however many pages it has: what is compared must not be cut short. */
export const everyOf = <T>(list: AsyncIterable<T>): Promise<T[]> => orUnavailable(collected(list));

async function collected<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
}
