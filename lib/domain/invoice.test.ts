import { expect, test } from 'vitest';

import { cents } from './credits';
import { type Invoice, type InvoiceStanding, standingOf } from './invoice';

test.each<{ status: Invoice['status']; refunded: bigint; isDisputed: boolean; is: InvoiceStanding }>([
  { status: 'open', refunded: 0n, isDisputed: false, is: 'open' },
  { status: 'void', refunded: 0n, isDisputed: false, is: 'void' },
  { status: 'uncollectible', refunded: 0n, isDisputed: false, is: 'uncollectible' },
  { status: 'paid', refunded: 0n, isDisputed: false, is: 'paid' },
  { status: 'paid', refunded: 1n, isDisputed: false, is: 'partly-refunded' },
  { status: 'paid', refunded: 99n, isDisputed: false, is: 'partly-refunded' },
  { status: 'paid', refunded: 100n, isDisputed: false, is: 'refunded' },
  { status: 'paid', refunded: 0n, isDisputed: true, is: 'disputed' },
  { status: 'paid', refunded: 50n, isDisputed: true, is: 'disputed' },
])(
  '$status with $refunded of 100 back, disputed: $isDisputed, is $is',
  ({ status, refunded, isDisputed, is }) => {
    expect(standingOf({ status, total: cents(100n) }, { refunded: cents(refunded), isDisputed })).toBe(is);
  },
);
