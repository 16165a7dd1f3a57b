import { type DehydratedState, dehydrate, type InfiniteData, QueryClient } from '@tanstack/react-query';

type Answers<T> = {
  queryKey: readonly unknown[];
  queryFn?: ((...args: never[]) => T | Promise<T>) | symbol | undefined;
};
type AnswersPages<Page, Param> = Answers<Page> & { initialPageParam: Param };

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
    addFirstPage<Page, Param>(query: AnswersPages<Page, Param>, view: () => Promise<Page>) {
      const keep = async () => {
        const pages: InfiniteData<Page, Param> = {
          pages: [await view()],
          pageParams: [query.initialPageParam],
        };
        cache.setQueryData(query.queryKey, pages);
      };
      reads.push(keep());
      return this;
    },
    async ready(): Promise<DehydratedState> {
      await Promise.all(reads);
      return dehydrate(cache);
    },
  };
}
