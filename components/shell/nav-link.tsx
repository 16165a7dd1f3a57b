'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type NavLinkProps = {
  href: string;
  place: 'rail' | 'bar';
  accent: boolean;
  /** What is shown: made on the server, so that no icon is part of a first load. */
  children: ReactNode;
};

const isUnder = (pathname: string, href: string) =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);

/** A link that knows whether the reader is there. */
export function NavLink({ href, place, accent, children }: NavLinkProps) {
  const here = isUnder(usePathname(), href);
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
      {children}
    </Link>
  );
}
