import { describe, expect, test } from 'vitest';

import { ADVICE, AUTHENTICATION_CAUSES, COMMON_CAUSES, type DeclineClass, declineOf } from './decline';

const refused = (declineCode: string | null, code = 'card_declined', adviceCode: string | null = null) =>
  declineOf({ code, declineCode, adviceCode });

describe('a decline has its class and its words', () => {
  test.each<{ declineCode: string; class: DeclineClass; says: RegExp }>([
    { declineCode: 'insufficient_funds', class: 'retry-later', says: /not enough money/ },
    { declineCode: 'card_velocity_exceeded', class: 'retry-later', says: /limit/ },
    { declineCode: 'withdrawal_count_limit_exceeded', class: 'retry-later', says: /limit/ },
    { declineCode: 'processing_error', class: 'retry-later', says: /could not answer/ },
    { declineCode: 'issuer_not_available', class: 'retry-later', says: /could not be reached/ },
    { declineCode: 'try_again_later', class: 'retry-later', says: /could not answer/ },
    { declineCode: 'reenter_transaction', class: 'retry-later', says: /could not answer/ },
    { declineCode: 'duplicate_transaction', class: 'retry-later', says: /a moment ago/ },
    { declineCode: 'authentication_required', class: 'needs-customer', says: /confirm this payment/ },
    { declineCode: 'authentication_not_handled', class: 'needs-customer', says: /not confirmed/ },
    { declineCode: 'do_not_honor', class: 'needs-customer', says: /declined the payment\.$/ },
    { declineCode: 'generic_decline', class: 'needs-customer', says: /declined the payment\.$/ },
    { declineCode: 'call_issuer', class: 'needs-customer', says: /declined the payment\.$/ },
    { declineCode: 'expired_card', class: 'another-card', says: /expired/ },
    { declineCode: 'incorrect_cvc', class: 'another-card', says: /details/ },
    { declineCode: 'invalid_account', class: 'another-card', says: /no longer/ },
    { declineCode: 'card_not_supported', class: 'another-card', says: /other countries/ },
    { declineCode: 'transaction_not_allowed', class: 'another-card', says: /other countries/ },
    { declineCode: 'currency_not_supported', class: 'another-card', says: /currency/ },
    { declineCode: 'invalid_amount', class: 'another-card', says: /amount/ },
    { declineCode: 'stop_payment_order', class: 'another-card', says: /stop payments/ },
  ])('$declineCode', ({ declineCode, class: expected, says }) => {
    const decline = refused(declineCode);
    expect(decline.class).toBe(expected);
    expect(decline.explanation).toMatch(says);
  });
});

test.each(['expired_card', 'incorrect_cvc', 'processing_error', 'authentication_required'])(
  'an error that is only %s is understood without a decline code',
  (code) => {
    expect(refused(null, code)).toEqual(refused(code));
    expect(refused(null, code)).not.toEqual(refused('generic_decline'));
  },
);

test.each([
  'fraudulent',
  'lost_card',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'security_violation',
  'stolen_card',
])('%s is told in the words of any decline, and the card is not tried again', (declineCode) => {
  const { explanation, advice } = refused('generic_decline');
  expect(refused(declineCode)).toEqual({ class: 'another-card', explanation, advice });
});

test.each([null, '', 'a_code_of_tomorrow', 'constructor'])(
  'an unknown decline (%s) is told in general',
  (code) => {
    expect(refused(code)).toEqual(refused('generic_decline'));
    expect(declineOf({ code: null, declineCode: code, adviceCode: null })).toEqual(
      refused('generic_decline'),
    );
  },
);

test('what the bank forbids to try again is not tried again', () => {
  expect(refused('insufficient_funds', 'card_declined', 'do_not_try_again')).toEqual({
    ...refused('insufficient_funds'),
    class: 'another-card',
  });
  expect(refused('insufficient_funds', 'card_declined', 'try_again_later')).toEqual(
    refused('insufficient_funds'),
  );
});

const STRIPE_CODES = `
  approve_with_id authentication_not_handled authentication_required call_issuer card_declined
  card_decline_rate_limit_exceeded card_not_supported card_velocity_exceeded currency_not_supported
  do_not_honor do_not_try_again duplicate_transaction expired_card fraudulent generic_decline
  incorrect_address incorrect_cvc incorrect_number incorrect_pin incorrect_zip insufficient_funds
  invalid_account invalid_amount invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number
  invalid_pin invoice_payment_intent_requires_action issuer_not_available lost_card
  merchant_blacklist mobile_device_authentication_required new_account_information_available
  no_action_taken not_permitted offline_pin_required online_or_offline_pin_required
  payment_intent_authentication_failure pickup_card pin_try_exceeded processing_error
  reenter_transaction restricted_card revocation_of_all_authorizations revocation_of_authorization
  security_violation service_not_allowed stolen_card stop_payment_order testmode_decline
  transaction_not_allowed try_again_later withdrawal_count_limit_exceeded
`;

test('no code is ever shown, and every decline has a way on', () => {
  for (const code of STRIPE_CODES.trim().split(/\s+/)) {
    const { explanation, advice } = refused(code);
    for (const sentence of [explanation, ...advice]) expect(sentence).toMatch(/^[A-Z][^_]*\.$/);
    expect(advice.length, code).toBeGreaterThan(0);
  }
});

test('the causes and the advice of the seed are kept', () => {
  const told = [...COMMON_CAUSES, ...AUTHENTICATION_CAUSES, ...Object.values(ADVICE)].join('\n');
  for (const seed of [
    /not enough money in the bank account/,
    /expired/,
    /3-D Secure/,
    /fraud/,
    /other countries/,
    /limit/,
    /first time/,
    /large, or unusual/,
    /security rules/,
    /Strong Customer Authentication/,
    /Contact your bank/,
    /Update your card with its current details/,
    /another card/,
    /yourself instead of .* automatic top-up/,
  ]) {
    expect(told).toMatch(seed);
  }
});
