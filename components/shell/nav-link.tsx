'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

import { NAV_ITEMS } from './nav-items';

type NavLinkProps = { href: string; place: 'rail' | 'bar' };

const isUnder = (pathname: string, href: string) =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);

export function NavLink({ href, place }: NavLinkProps) {
  const here = isUnder(usePathname(), href);
  const item = NAV_ITEMS.find((candidate) => candidate.href === href);
  if (item === undefined) return null;

  const { icon: Icon, label, shortLabel, accent = false } = item;
  const look =
    place === 'rail'
      ? clsx(
          'flex h-9 items-center gap-2.5 rounded-control px-2.5 text-14 font-medium transition-colors',
          accent && 'my-2 bg-accent text-on-accent hover:bg-accent-hover',
          !accent && here && 'bg-hover text-ink',
          !accent && !here && 'text-ink-2 hover:bg-hover hover:text-ink',
        )
      : clsx(
          'flex h-14 flex-col items-center justify-center gap-1 text-12 font-medium transition-colors',
          here || accent ? 'text-accent-ink' : 'text-ink-2',
        );
  return (
    <Link href={href} aria-current={here ? 'page' : undefined} className={look}>
      <Icon aria-hidden className={place === 'rail' ? 'size-4 shrink-0' : 'size-5'} strokeWidth={1.9} />
      {place === 'rail' ? label : (shortLabel ?? label)}
    </Link>
  );
}
