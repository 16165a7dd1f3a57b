'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';

import type { Offer } from '@/lib/contracts/offer';
import { creditWords } from '@/lib/domain/credit-words';

const Unit = createContext<Offer['credit']>({ singular: 'credit', plural: 'credits', decimals: 0 });

type CreditUnitProps = { credit: Offer['credit']; children: ReactNode };

/** Around every page of an account: how its price book names and rounds a credit. */
export function CreditUnit({ credit, children }: CreditUnitProps) {
  return <Unit value={credit}>{children}</Unit>;
}

export const useCreditUnit = () => use(Unit);

export function useCreditWords() {
  const credit = useCreditUnit();
  return useMemo(() => creditWords(credit), [credit]);
}
