import { beforeAll, describe, expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import type { Recovery } from '@/lib/domain/recovery';
import { reasonOf } from '@/lib/domain/recovery';
import { releasePlanOf } from '@/lib/domain/release-plan';
import { dubbing } from '@/price-books/dubbing';
import { setEnvironment } from '@/test/environment';

import { paymentNeedsCustomerMail } from './payment-needs-customer-mail';

const NOW = new Date('2026-03-01T12:00:00Z');
const NOTHING = { code: null, declineCode: null, adviceCode: null };
const CARD = { brand: 'visa', last4: '4242' };

beforeAll(() => setEnvironment());

type Given = {
  state: Recovery;
  refusal?: typeof NOTHING | object;
  card?: typeof CARD | null;
  waiting?: bigint[];
  goesOn?: boolean;
};

function mailAbout({ state, refusal = {}, card = CARD, waiting = [], goesOn = true }: Given) {
  const queue = waiting.map((amount, place) => ({
    reference: `job-${place}`,
    service: 'dubbing',
    amount: wholeCredits(amount),
    purgeAt: new Date(NOW.getTime() + 36 * 3_600_000),
  }));
  const adds = wholeCredits(2_000n);
  return paymentNeedsCustomerMail(
    {
      topUpId: 'a-payment',
      accountName: 'Acme',
      to: 'ada@example.com',
      state,
      reason: reasonOf(state, { ...NOTHING, ...refusal }),
      credits: adds,
      priceCents: cents(2_000n),
      currency: 'usd',
      card,
      plan: releasePlanOf(queue, { room: wholeCredits(0n), adds, now: NOW }),
      goesOn,
      href: 'http://app.test/recovery/a-link',
      askedAt: NOW,
    },
    dubbing.credit,
  );
}

const DECLINED: Recovery = { kind: 'declined', attempt: 1, decline: 'retry-later' };
const HELD: Recovery = { kind: 'authentication-required', attempt: 1 };
const flat = (text: string) => text.replace(/\s+/g, ' ');

test.each([
  { goesOn: true, says: 'It goes on once this payment is made with this card' },
  { goesOn: false, says: 'charges nothing more by itself, whatever becomes of this payment' },
])('says what becomes of automatic top-up: goes on $goesOn', async ({ goesOn, says }) => {
  expect(flat((await mailAbout({ state: DECLINED, goesOn })).text)).toContain(says);
});

describe('the mail about a payment that needs its customer', () => {
  test.each<{ says: string; about: Given; subject: string; lines: string[] }>([
    {
      says: 'why it was declined',
      about: { state: DECLINED, refusal: { code: 'card_declined', declineCode: 'insufficient_funds' } },
      subject: 'Your payment of $20.00 was declined',
      lines: ['There was not enough money', 'for $20.00 with Visa ·4242', 'Nothing was charged.'],
    },
    {
      says: 'that the bank wants it confirmed',
      about: { state: HELD },
      subject: 'Confirm your payment of $20.00',
      lines: ['Your bank wants you to confirm this payment.', 'takes you to your bank'],
    },
    {
      says: 'so without a card that anybody named',
      about: { state: DECLINED, card: null },
      subject: 'Your payment of $20.00 was declined',
      lines: ['for $20.00 with your card.'],
    },
    {
      says: 'what one piece of work waits for',
      about: { state: DECLINED, waiting: [10n] },
      subject: 'Your payment of $20.00 was declined',
      lines: [
        'One finished piece of work waits to be paid for, the oldest for 2 days more. This payment releases it.',
      ],
    },
    {
      says: 'that all is released',
      about: { state: DECLINED, waiting: [10n, 20n] },
      subject: 'Your payment of $20.00 was declined',
      lines: ['2 finished pieces of work wait', 'This payment releases all of it.'],
    },
    {
      says: 'that nothing is released',
      about: { state: DECLINED, waiting: [3_000n, 20n] },
      subject: 'Your payment of $20.00 was declined',
      lines: ['This payment releases none of it: the oldest needs more.'],
    },
  ])('says $says', async ({ about, subject, lines }) => {
    const mail = await mailAbout(about);
    expect(mail.subject).toBe(subject);
    for (const line of lines) expect(flat(mail.text)).toContain(line);
    expect(mail.text).toContain('http://app.test/recovery/a-link');
    expect(mail.html).toContain('http://app.test/recovery/a-link');
  });

  test.each(['lost_card', 'stolen_card', 'fraudulent', 'pickup_card', 'do_not_honor'])(
    'never says %s',
    async (declineCode) => {
      const mail = await mailAbout({ state: DECLINED, refusal: { code: 'card_declined', declineCode } });
      expect(mail.html + mail.text).not.toMatch(/lost|stolen|fraud|pickup|honor|card_declined/i);
    },
  );

  test('has one id for each time that it was asked for', async () => {
    const [once, again] = [await mailAbout({ state: DECLINED }), await mailAbout({ state: HELD })];
    expect(once.id).toBe(again.id);
  });
});
