import type { TopUpOrigin } from '@/lib/domain/top-up';

/** How a purchase came about, as it goes on behind its amount. */
export const ORIGIN: Readonly<Record<TopUpOrigin, string>> = {
  manual: '',
  auto: ', bought automatically',
  invoice: ', billed at the month’s end',
};
