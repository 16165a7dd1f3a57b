import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';

import { searchedText } from '@/lib/domain/searched-text';

import { getJson } from './http';

/** What the account has under a name; of too little nothing is asked. */
export const searchQuery = (typed: string) => {
  const text = searchedText(typed);
  return queryOptions({
    queryKey: ['search', text],
    queryFn:
      text === null
        ? skipToken
        : async ({ meta }) =>
            getJson(
              `/api/search?${new URLSearchParams({ text })}`,
              (await import('@/lib/contracts/search')).Found,
              meta,
            ),
    placeholderData: keepPreviousData,
  });
};
