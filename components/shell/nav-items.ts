import ChartColumn from 'lucide-react/icons/chart-column';
import CircleFadingPlus from 'lucide-react/icons/circle-fading-plus';
import CirclePlus from 'lucide-react/icons/circle-plus';
import CreditCard from 'lucide-react/icons/credit-card';
import House from 'lucide-react/icons/house';
import ReceiptText from 'lucide-react/icons/receipt-text';
import ScrollText from 'lucide-react/icons/scroll-text';
import Settings from 'lucide-react/icons/settings';
import Tag from 'lucide-react/icons/tag';
import type { ComponentType, SVGProps } from 'react';

import { may, type MemberRole, type Permission } from '@/lib/domain/member-role';

export type NavItem = {
  href: '/' | `/${string}`;
  label: string;
  /** On a phone's bar, where the label has to be one short word. */
  shortLabel?: string;
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  /** The one that spends money is the accent button. */
  accent?: boolean;
  /** Offered only to those who may; the page itself says who may. */
  needs?: Permission;
  /** The phone's bar holds five. */
  onPhoneBar: boolean;
};

/** Every page of the customer's rail, in its order. */
export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/', label: 'Overview', icon: House, onPhoneBar: true },
  { href: '/usage', label: 'Usage', icon: ChartColumn, onPhoneBar: true },
  { href: '/activity', label: 'Activity', icon: ScrollText, onPhoneBar: true },
  {
    href: '/buy',
    label: 'Buy credits',
    shortLabel: 'Buy',
    icon: CirclePlus,
    accent: true,
    needs: 'buy',
    onPhoneBar: true,
  },
  { href: '/auto-top-up', label: 'Auto top-up', icon: CircleFadingPlus, onPhoneBar: false },
  { href: '/prices', label: 'Prices', icon: Tag, onPhoneBar: false },
  { href: '/payment-methods', label: 'Payment methods', icon: CreditCard, onPhoneBar: false },
  { href: '/invoices', label: 'Invoices', icon: ReceiptText, onPhoneBar: false },
  { href: '/settings', label: 'Settings', icon: Settings, onPhoneBar: true },
];

export const navItemsFor = (role: MemberRole): readonly NavItem[] =>
  NAV_ITEMS.filter(({ needs }) => needs === undefined || may(role, needs));
