import Link from 'next/link';

import type { AuditLine } from '@/lib/domain/audit-line';

import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Time } from '../ui/time';
import { auditActionWord } from './audit-action-word';

type AuditLogTableProps = { lines: readonly AuditLine[]; search: string; nextBefore: string | null };

/** One line each, the newest first; what changed stands under it. */
export function AuditLogTable({ lines, search, nextBefore }: AuditLogTableProps) {
  return (
    <Card flush title="Lines" aside={<span className="text-12 text-ink-3">Newest first</span>}>
      {lines.length === 0 ? (
        <EmptyState title="No line is like that" line="Choose other days, or leave a field empty." />
      ) : (
        <ul aria-label="Audit log">
          {lines.map((line) => (
            <li key={line.id.toString()} className="grid gap-1 border-t px-4 py-3 sm:px-6">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <span className="min-w-0 text-14 font-medium wrap-anywhere text-ink">
                  {auditActionWord(line.action)}
                  {line.accountId !== null && (
                    <>
                      {' '}
                      <Link className="link" href={`/staff/accounts/${line.accountId}`} prefetch={false}>
                        account {line.accountId.toString()}
                      </Link>
                    </>
                  )}
                  {line.object !== null && (
                    <span className="font-mono text-12 font-normal text-ink-2"> {line.object}</span>
                  )}
                </span>
                <span className="text-13 text-ink-2">
                  <Time instant={line.at} />
                </span>
              </p>
              <p className="text-13 wrap-anywhere text-ink-2">
                {line.email}, {line.role}
                {line.ipAddress !== null && `, from ${line.ipAddress}`}
                {line.reason !== null && `. Reason: ${line.reason}`}
              </p>
              <Change before={line.before} after={line.after} />
            </li>
          ))}
        </ul>
      )}
      {nextBefore !== null && (
        <nav aria-label="Pages of the audit log" className="flex justify-center border-t px-4 pt-3 pb-1">
          <ButtonLink size="sm" href={olderThan(search, nextBefore)}>
            Older
          </ButtonLink>
        </nav>
      )}
    </Card>
  );
}

/** What it was, and what it became, name by name. */
function Change({ before, after }: Pick<AuditLine, 'before' | 'after'>) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <ul className="text-13 text-ink-2" aria-label="What changed">
      {names.map((name) => (
        <li key={name} className="wrap-anywhere">
          {name}: {before?.[name] !== undefined && `${before[name] ?? 'none'} → `}
          {after?.[name] ?? 'none'}
        </li>
      ))}
    </ul>
  );
}

function olderThan(search: string, before: string): string {
  const asked = new URLSearchParams(search);
  asked.set('before', before);
  return `/staff/audit-log?${asked}`;
}
