import { type DehydratedState, dehydrate, QueryClient } from '@tanstack/react-query';

type Answers<T> = {
  queryKey: readonly unknown[];
  queryFn?: ((...args: never[]) => T | Promise<T>) | symbol | undefined;
};

/** Fills the browser's cache from the server: the same query, answered by its view. */
export function pageData() {
  const cache = new QueryClient();
  const reads: Promise<unknown>[] = [];

  return {
    add<T>(query: Answers<T>, view: () => Promise<T>) {
      // fetchQuery, because prefetchQuery would hide a failed read behind an empty page.
      reads.push(cache.fetchQuery({ queryKey: query.queryKey, queryFn: view }));
      return this;
    },
    async ready(): Promise<DehydratedState> {
      await Promise.all(reads);
      return dehydrate(cache);
    },
  };
}
