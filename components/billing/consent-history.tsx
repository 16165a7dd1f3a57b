'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { ruleChanges } from '@/lib/domain/rule-changes';
import { autoTopUpQuery } from '@/lib/queries/auto-top-up';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Time } from '../ui/time';

/** Who agreed to which rule, when, from where, and to which words. */
export function ConsentHistory({ book }: { book: AutoTopUpBook }) {
  const { consents } = useSuspenseQuery(autoTopUpQuery).data;
  return (
    <Card flush title="What was agreed to">
      {consents.length === 0 ? (
        <EmptyState
          title="Nobody agreed to anything"
          line="Each change of the rule will stand here, with who made it and the words that were agreed to."
        />
      ) : (
        <ol className="mt-2" aria-label="Agreements">
          {consents.map(({ version, by, ipAddress, textShown, before, after, createdAt }) => (
            <li key={version} className="grid gap-1 border-t px-4 py-3 sm:px-6">
              <p className="text-14 text-ink">
                {ruleChanges(before, after, book)
                  .map(
                    ({ what, before: was, after: is }) => `${what}: ${was === null ? is : `${was} → ${is}`}`,
                  )
                  .join(' · ')}
              </p>
              <p className="max-w-read text-13 text-ink-2">“{textShown}”</p>
              <p className="text-13 text-ink-3">
                <Time instant={createdAt} /> · {by ?? 'somebody who is gone'}
                {ipAddress === null ? '' : ` · from ${ipAddress}`}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
