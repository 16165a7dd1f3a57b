'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';

import type { FormTarget } from '../ui/target-form';
import { AccountTrigger } from './account-trigger';

type AccountMenuProps = { accountName: string; email: string; signOut: FormTarget };

const loadMenu = () => import('./opened-account-menu').then(({ OpenedAccountMenu }) => OpenedAccountMenu);
const OpenedAccountMenu = dynamic(loadMenu, { ssr: false });

/** The menu's code is fetched when a hand comes near it, not with the page. */
export function AccountMenu({ accountName, email, signOut }: AccountMenuProps) {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <OpenedAccountMenu accountName={accountName} email={email} signOut={signOut} />;
  return (
    <AccountTrigger
      accountName={accountName}
      email={email}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => void loadMenu().then(() => setWanted(true))}
    />
  );
}
