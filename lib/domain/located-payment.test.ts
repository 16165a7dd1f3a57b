import { describe, expect, test } from 'vitest';

import { cents } from './credits';
import { mayRepair, type PaymentFacts, whereIsMoney } from './located-payment';

const facts = (change: Partial<PaymentFacts> = {}): PaymentFacts => ({
  status: 'credited',
  isPaid: true,
  isCredited: true,
  back: cents(0n),
  received: cents(50_00n),
  findings: [],
  ...change,
});

describe('where the money is', () => {
  test.each([
    { when: 'nobody came to pay', known: facts({ isPaid: null, isCredited: false }), is: 'never-asked' },
    { when: 'Stripe has none', known: facts({ isPaid: false, isCredited: false }), is: 'not-paid' },
    { when: 'it came a moment ago', known: facts({ isCredited: false }), is: 'on-its-way' },
    {
      when: 'it came, and no credits did',
      known: facts({ isCredited: false, findings: ['paid-not-credited'] }),
      is: 'missing',
    },
    { when: 'all is well', known: facts(), is: 'credited' },
    { when: 'some of it went back', known: facts({ back: cents(1n) }), is: 'gone-back' },
    { when: 'it bought two purchases', known: facts({ findings: ['credited-twice'] }), is: 'wrong' },
    {
      when: 'it went back and the credits stayed',
      known: facts({ findings: ['refunded-not-clawed'] }),
      is: 'wrong',
    },
    {
      when: 'credits came without it',
      known: facts({ isPaid: false, findings: ['credited-not-paid'] }),
      is: 'wrong',
    },
  ])('$when: $is', ({ known, is }) => {
    expect(whereIsMoney(known)).toBe(is);
  });
});

describe('who may put it right', () => {
  test.each([
    { role: 'support', findings: ['paid-not-credited'], may: true },
    { role: 'support', findings: ['refunded-not-clawed'], may: true },
    { role: 'support', findings: ['credited-twice'], may: false },
    { role: 'support', findings: ['paid-not-credited', 'credited-not-paid'], may: false },
    { role: 'finance', findings: ['credited-twice'], may: true },
    { role: 'admin', findings: ['credited-not-paid'], may: true },
    { role: 'admin', findings: [], may: false },
  ] as const)('$role with $findings: $may', ({ role, findings, may }) => {
    expect(mayRepair(findings, role)).toBe(may);
  });
});
