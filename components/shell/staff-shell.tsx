import type { ReactNode } from 'react';

import { Mark } from '../ui/mark';
import { type FormTarget, TargetForm } from '../ui/target-form';
import { STAFF_NAV_ITEMS } from './staff-nav-items';
import { StaffNavLink } from './staff-nav-link';

type StaffShellProps = {
  staff: { email: string; role: string };
  signOut: FormTarget;
  children: ReactNode;
};

/** The walls of the house's own pages. They are dark where a customer's are light, so that nobody takes one for the other. */
export function StaffShell({ staff, signOut, children }: StaffShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-4 py-2 text-14 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header
        data-print="hide"
        className="z-20 flex flex-col gap-3 bg-ink p-3 text-canvas md:sticky md:top-0 md:h-dvh"
      >
        <p className="flex items-center gap-2 px-2 text-14 font-semibold">
          <Mark className="size-5" />
          Coffer staff
        </p>
        <nav aria-label="Staff pages" className="flex flex-wrap gap-0.5 md:grid">
          {STAFF_NAV_ITEMS.map(({ href }) => (
            <StaffNavLink key={href} href={href} />
          ))}
        </nav>
        <div className="flex flex-wrap items-center justify-between gap-2 px-2 text-12 md:mt-auto md:grid">
          <p className="min-w-0">
            <span className="block truncate">{staff.email}</span>
            <span className="block">Role: {staff.role}</span>
          </p>
          <TargetForm target={signOut}>
            <button type="submit" className="rounded-sm font-medium underline underline-offset-4">
              Sign out
            </button>
          </TargetForm>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-6 pb-16 outline-none md:px-8 md:pt-8">
        <div className="mx-auto max-w-page">{children}</div>
      </main>
    </div>
  );
}
