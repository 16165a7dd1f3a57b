'use client';

import type { ReactNode } from 'react';

import { whoMay } from '@/lib/domain/member-role';

import { ButtonLink } from '../ui/button-link';
import { useAccountPlace } from './account-place';
import { useMay } from './reader-role';

type BuyLinkProps = { look?: 'primary'; children: ReactNode };

/** Leads to what costs money. Who may not is told who may; staff, who only look, nothing. */
export function BuyLink({ look, children }: BuyLinkProps) {
  const { isStaff } = useAccountPlace();
  const mayBuy = useMay('buy');
  if (isStaff) return null;
  if (!mayBuy) return <p className="text-13 text-ink-3">{whoMay('buy')} of this account can buy credits.</p>;
  return (
    <ButtonLink href="/buy" {...(look === undefined ? {} : { variant: look })}>
      {children}
    </ButtonLink>
  );
}
