import type { Limit } from '@/lib/db/rate-limits';

/** Of an account: each page of Stripe's, and each attempt to pay, is a place to try stolen cards at. All of them count together. */
export const PAYMENT_LIMIT: Limit = { name: 'payment-pages', most: 30, seconds: 3_600 };
