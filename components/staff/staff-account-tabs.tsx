'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The customer's pages, and then what only staff see. */
const TABS = [
  { path: '', label: 'Overview' },
  { path: '/activity', label: 'Activity' },
  { path: '/usage', label: 'Usage' },
  { path: '/auto-top-up', label: 'Auto top-up' },
  { path: '/invoices', label: 'Invoices' },
  { path: '/webhooks', label: 'Webhooks' },
  { path: '/behind', label: 'Behind it' },
  { path: '/actions', label: 'Actions' },
  { path: '/notes', label: 'Notes' },
];

export function StaffAccountTabs({ accountId }: { accountId: string }) {
  const pathname = usePathname();
  const base = `/staff/accounts/${accountId}`;
  return (
    <nav aria-label="Pages of this account" className="flex flex-wrap gap-x-1 gap-y-1 border-b pb-2">
      {TABS.map(({ path, label }) => {
        const here = path === '' ? pathname === base : pathname.startsWith(`${base}${path}`);
        return (
          <Link
            key={path}
            href={`${base}${path}`}
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className={clsx(
              'rounded-control px-2.5 py-1.5 text-13 font-medium transition-colors',
              here ? 'bg-accent-tint text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
