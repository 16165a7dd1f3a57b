'use client';

import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import Check from 'lucide-react/icons/check';
import LogOut from 'lucide-react/icons/log-out';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';

import { type FormTarget, TargetForm } from '../ui/target-form';
import type { AccountChoice } from './account-choice';
import { AccountTrigger } from './account-trigger';
import { NAV_ITEMS } from './nav-items';
import { isTheme, THEME_COOKIE } from './theme';

const YEAR_SECONDS = 31_536_000;
const CHOICES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
/** A phone's bar holds five; the other pages are here. */
const OFF_THE_BAR = NAV_ITEMS.filter(({ onPhoneBar }) => !onPhoneBar);
const row =
  'flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-13 text-ink outline-none data-[highlighted]:bg-hover';

function useTheme() {
  const [theme, setTheme] = useState(() => document.documentElement.dataset['theme'] ?? 'system');
  const choose = (value: string) => {
    setTheme(value);
    if (isTheme(value)) document.documentElement.dataset['theme'] = value;
    else delete document.documentElement.dataset['theme'];
    const age = isTheme(value) ? YEAR_SECONDS : 0;
    document.cookie = `${THEME_COOKIE}=${value}; path=/; max-age=${age}; samesite=lax`;
  };
  return { theme, choose };
}

type OpenedAccountMenuProps = {
  accountName: string;
  otherAccounts: readonly AccountChoice[];
  email: string;
  signOut: FormTarget;
};

export function OpenedAccountMenu({ accountName, otherAccounts, email, signOut }: OpenedAccountMenuProps) {
  const { theme, choose } = useTheme();
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <AccountTrigger accountName={accountName} email={email} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className="floats z-50 w-60 rounded-card bg-raised p-1.5 shadow-float"
      >
        <DropdownMenu.Label className="px-2 py-1.5 text-12 text-ink-3">
          {accountName}, signed in as
          <span className="block truncate text-13 font-medium text-ink">{email}</span>
        </DropdownMenu.Label>
        {otherAccounts.length > 0 && (
          <DropdownMenu.Group aria-label="Other accounts">
            <DropdownMenu.Separator className="my-1 border-t" />
            {otherAccounts.map(({ id, name, enter }) => (
              <TargetForm key={id} target={enter}>
                <DropdownMenu.Item asChild onSelect={(event) => event.preventDefault()}>
                  <button type="submit" className={row}>
                    <ArrowLeftRight aria-hidden className="size-4 shrink-0 text-ink-3" />
                    <span className="truncate">Switch to {name}</span>
                  </button>
                </DropdownMenu.Item>
              </TargetForm>
            ))}
          </DropdownMenu.Group>
        )}
        <DropdownMenu.Separator className="my-1 border-t" />
        <DropdownMenu.Group className="md:hidden" aria-label="More pages">
          {OFF_THE_BAR.map(({ href, label, icon: Icon }) => (
            <DropdownMenu.Item key={href} asChild>
              <Link href={href} className={row}>
                <Icon aria-hidden className="size-4 text-ink-3" />
                {label}
              </Link>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 border-t" />
        </DropdownMenu.Group>
        <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-12 text-ink-3">Theme</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme} onValueChange={choose} aria-label="Theme">
          {CHOICES.map(({ value, label }) => (
            <DropdownMenu.RadioItem
              key={value}
              value={value}
              className={row}
              onSelect={(event) => event.preventDefault()}
            >
              <span className="grow">{label}</span>
              <DropdownMenu.ItemIndicator>
                <Check aria-hidden className="size-4 text-accent-ink" />
              </DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="my-1 border-t" />
        <TargetForm target={signOut}>
          <DropdownMenu.Item asChild onSelect={(event) => event.preventDefault()}>
            <button type="submit" className={row}>
              <LogOut aria-hidden className="size-4 text-ink-3" />
              Sign out
            </button>
          </DropdownMenu.Item>
        </TargetForm>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
