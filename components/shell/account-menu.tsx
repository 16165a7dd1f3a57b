'use client';

import { lazy, Suspense, useState } from 'react';

import type { FormTarget } from '../ui/target-form';
import type { AccountChoice } from './account-choice';
import { AccountTrigger } from './account-trigger';

type AccountMenuProps = {
  accountName: string;
  otherAccounts: readonly AccountChoice[];
  email: string;
  signOut: FormTarget;
};

const loadMenu = async () => ({ default: (await import('./opened-account-menu')).OpenedAccountMenu });
const OpenedAccountMenu = lazy(loadMenu);

/** The menu's code is fetched when a hand comes near it, not with the page. */
export function AccountMenu({ accountName, otherAccounts, email, signOut }: AccountMenuProps) {
  const [wanted, setWanted] = useState(false);
  const trigger = (
    <AccountTrigger
      accountName={accountName}
      email={email}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <OpenedAccountMenu
        accountName={accountName}
        otherAccounts={otherAccounts}
        email={email}
        signOut={signOut}
      />
    </Suspense>
  );
}
