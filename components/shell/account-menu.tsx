'use client';

import { lazy, Suspense, useState } from 'react';

import type { FormTarget } from '../ui/target-form';
import { AccountTrigger } from './account-trigger';

type AccountMenuProps = { accountName: string; email: string; signOut: FormTarget };

const loadMenu = async () => ({ default: (await import('./opened-account-menu')).OpenedAccountMenu });
const OpenedAccountMenu = lazy(loadMenu);

/** The menu's code is fetched when a hand comes near it, not with the page. */
export function AccountMenu({ accountName, email, signOut }: AccountMenuProps) {
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
      <OpenedAccountMenu accountName={accountName} email={email} signOut={signOut} />
    </Suspense>
  );
}
