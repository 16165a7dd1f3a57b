'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** What is shown on every page but one. */
export const Elsewhere = ({ than, children }: { than: string; children: ReactNode }) =>
  usePathname() === than ? null : children;
