import CircleDollarSign from 'lucide-react/icons/circle-dollar-sign';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import ScrollText from 'lucide-react/icons/scroll-text';
import Search from 'lucide-react/icons/search';
import UsersRound from 'lucide-react/icons/users-round';
import type { ComponentType, SVGProps } from 'react';

type StaffNavItem = { href: `/staff${string}`; label: string; icon: ComponentType<SVGProps<SVGSVGElement>> };

/** Every page of the staff's rail, in its order. */
export const STAFF_NAV_ITEMS: readonly StaffNavItem[] = [
  { href: '/staff', label: 'Search', icon: Search },
  { href: '/staff/money', label: 'Missing credits', icon: CircleDollarSign },
  { href: '/staff/actions', label: 'Queue', icon: UsersRound },
  { href: '/staff/health', label: 'Health', icon: HeartPulse },
  { href: '/staff/audit-log', label: 'Audit log', icon: ScrollText },
];
