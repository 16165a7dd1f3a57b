import type { ReactNode } from 'react';

import type { MemberRole } from '@/lib/domain/member-role';

import { AttentionProvider } from '../ui/attention-slot';
import { Mark } from '../ui/mark';
import type { FormTarget } from '../ui/target-form';
import type { AccountChoice } from './account-choice';
import { AccountMenu } from './account-menu';
import { ConfirmationHost } from './confirmation-host';
import { navItemsFor } from './nav-items';
import { NavLink } from './nav-link';
import { Palette } from './palette';

type AppShellProps = {
  account: { id: string; name: string };
  /** Where the member may go over to. */
  otherAccounts: readonly AccountChoice[];
  member: { email: string; role: MemberRole };
  signOut: FormTarget;
  /** Strips that stay on every page until they are done. */
  attention?: ReactNode;
  children: ReactNode;
};

/** The walls of the customer's pages: rail on a desk, bar on a phone. */
export function AppShell({ account, otherAccounts, member, signOut, attention, children }: AppShellProps) {
  const menu = (
    <AccountMenu
      accountName={account.name}
      otherAccounts={otherAccounts}
      email={member.email}
      signOut={signOut}
    />
  );
  const items = navItemsFor(member.role);
  const onBar = items.filter(({ onPhoneBar }) => onPhoneBar);
  return (
    <div data-account={account.id} className="min-h-dvh md:grid md:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-4 py-2 text-14 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>

      <aside
        data-print="hide"
        className="sticky top-0 z-20 hidden h-dvh flex-col border-r bg-canvas p-3 md:flex"
        aria-label="Account and pages"
      >
        {menu}
        <Palette />
        <nav aria-label="Pages" className="mt-4 grid gap-0.5">
          {items.map(({ href, label, icon: Icon, accent = false }) => (
            <NavLink key={href} href={href} place="rail" accent={accent}>
              <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.9} />
              {label}
            </NavLink>
          ))}
        </nav>
        <p className="mt-auto flex items-center gap-2 px-2.5 pb-1 text-12 text-ink-3">
          <Mark className="size-4" />
          Coffer
        </p>
      </aside>

      <header data-print="hide" className="relative z-20 border-b px-2 py-1.5 md:hidden">
        {menu}
      </header>

      <ConfirmationHost />
      <main
        id="content"
        tabIndex={-1}
        className="min-w-0 px-4 pt-6 pb-28 outline-none md:px-8 md:pt-8 md:pb-16"
      >
        <div className="mx-auto max-w-page">
          <AttentionProvider strips={attention}>{children}</AttentionProvider>
        </div>
      </main>

      <nav
        data-print="hide"
        aria-label="Pages, at the bottom"
        className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {onBar.map(({ href, label, shortLabel, icon: Icon, accent = false }) => (
          <NavLink key={href} href={href} place="bar" accent={accent}>
            <Icon aria-hidden className="size-5" strokeWidth={1.9} />
            {shortLabel ?? label}
          </NavLink>
        ))}
      </nav>
    </div>
  );
}
