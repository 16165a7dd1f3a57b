'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

import { STAFF_NAV_ITEMS } from './staff-nav-items';

/** Accounts are found by searching, so that their pages lie under it. */
const isHere = (pathname: string, href: string) =>
  href === '/staff'
    ? pathname === href || pathname.startsWith('/staff/accounts/')
    : pathname === href || pathname.startsWith(`${href}/`);

export function StaffNavLink({ href }: { href: string }) {
  const here = isHere(usePathname(), href);
  const item = STAFF_NAV_ITEMS.find((candidate) => candidate.href === href);
  if (item === undefined) return null;

  const { icon: Icon, label } = item;
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={clsx(
        'flex h-9 items-center gap-2.5 rounded-control px-2.5 text-14 font-medium transition-colors',
        here ? 'bg-canvas text-ink' : 'hover:underline',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.9} />
      {label}
    </Link>
  );
}
