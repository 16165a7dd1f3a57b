/** retry-later: the same card may work in a while · needs-customer: once the customer has done something · another-card. */
export type DeclineClass = 'retry-later' | 'needs-customer' | 'another-card';

/** Why a payment did not come, and what helps, in words for the customer. What the bank said is not in it. */
export type Decline = {
  readonly class: DeclineClass;
  readonly explanation: string;
  readonly advice: readonly string[];
};

/** What Stripe says of a refused payment; each may be missing. */
export type StripeRefusal = {
  readonly code: string | null;
  readonly declineCode: string | null;
  readonly adviceCode: string | null;
};

/** What can be done about a declined payment. */
export const ADVICE = {
  tryLater: 'Try again in a little while.',
  contactBank: 'Contact your bank and ask it to allow the payment.',
  confirm: 'Confirm the payment with your bank.',
  updateCard: 'Update your card with its current details.',
  anotherCard: 'Use another card.',
  buyYourself: 'Buy credits yourself instead of waiting for the automatic top-up.',
} as const;

/** What most declines come from, where a bank does not say. */
export const COMMON_CAUSES = [
  'There is not enough money in the bank account, or the card’s limit is reached.',
  'The card has expired, or its details have changed.',
  'The bank wants the payment to be confirmed (3-D Secure).',
  'The bank stopped the payment to protect you from fraud.',
  'The bank does not allow payments to other countries with this card.',
] as const;

/** When a bank wants a payment to be confirmed. */
export const AUTHENTICATION_CAUSES = [
  'The card is used here for the first time.',
  'The amount is large, or unusual for you.',
  'The bank’s own security rules ask for it.',
  'The law asks for it, as Strong Customer Authentication in Europe does.',
] as const;

const DECLINED = 'Your bank declined the payment.';

const declines = {
  funds: {
    class: 'retry-later',
    explanation: 'There was not enough money in the account, or not enough left of the card’s limit.',
    advice: [ADVICE.tryLater, ADVICE.anotherCard],
  },
  limit: {
    class: 'retry-later',
    explanation: 'The card has reached a limit on how much or how often it can be charged.',
    advice: [ADVICE.tryLater, ADVICE.contactBank, ADVICE.anotherCard],
  },
  trouble: {
    class: 'retry-later',
    explanation: 'The bank could not be reached, or could not answer. Your card itself may be fine.',
    advice: [ADVICE.tryLater, ADVICE.anotherCard],
  },
  repeat: {
    class: 'retry-later',
    explanation: 'Your bank saw a payment of the same amount a moment ago and took this one for a repeat.',
    advice: ['Look at your recent purchases before you pay again.', ADVICE.tryLater],
  },
  authentication: {
    class: 'needs-customer',
    explanation: 'Your bank wants you to confirm this payment.',
    advice: [ADVICE.confirm, ADVICE.anotherCard],
  },
  authenticationFailed: {
    class: 'needs-customer',
    explanation: 'The payment was not confirmed with your bank.',
    advice: [ADVICE.confirm, ADVICE.contactBank, ADVICE.anotherCard],
  },
  bank: {
    class: 'needs-customer',
    explanation: DECLINED,
    advice: [ADVICE.contactBank, ADVICE.anotherCard, ADVICE.buyYourself],
  },
  /** Told in the same words: a thief must not learn what the bank knows, nor an owner be accused. */
  bankForGood: {
    class: 'another-card',
    explanation: DECLINED,
    advice: [ADVICE.contactBank, ADVICE.anotherCard, ADVICE.buyYourself],
  },
  expired: {
    class: 'another-card',
    explanation: 'The card has expired.',
    advice: [ADVICE.updateCard, ADVICE.anotherCard],
  },
  details: {
    class: 'another-card',
    explanation: 'Some of the card’s details did not match what the bank has.',
    advice: ['Enter the card again, with its current details.', ADVICE.anotherCard],
  },
  closed: {
    class: 'another-card',
    explanation: 'The card, or the account behind it, can no longer be used for payments.',
    advice: [ADVICE.updateCard, ADVICE.anotherCard],
  },
  unsupported: {
    class: 'another-card',
    explanation:
      'The card does not allow this kind of purchase; some cards are closed for payments online or to other countries.',
    advice: [ADVICE.contactBank, ADVICE.anotherCard],
  },
  currency: {
    class: 'another-card',
    explanation: 'The card cannot pay in this currency.',
    advice: [ADVICE.anotherCard],
  },
  amount: {
    class: 'another-card',
    explanation: 'The amount is more than the card allows for one payment.',
    advice: [ADVICE.contactBank, ADVICE.anotherCard],
  },
  stopped: {
    class: 'another-card',
    explanation: 'Your bank has been asked to stop payments like this one with this card.',
    advice: [ADVICE.contactBank, ADVICE.anotherCard],
  },
} as const satisfies Record<string, Decline>;

const CODES: Readonly<Record<keyof typeof declines, readonly string[]>> = {
  funds: ['insufficient_funds'],
  limit: ['card_velocity_exceeded', 'withdrawal_count_limit_exceeded', 'card_decline_rate_limit_exceeded'],
  trouble: [
    'approve_with_id',
    'issuer_not_available',
    'processing_error',
    'reenter_transaction',
    'try_again_later',
  ],
  repeat: ['duplicate_transaction'],
  authentication: [
    'authentication_required',
    'invoice_payment_intent_requires_action',
    'mobile_device_authentication_required',
  ],
  authenticationFailed: [
    'authentication_not_handled',
    'payment_intent_authentication_failure',
    'setup_intent_authentication_failure',
  ],
  bank: [
    'call_issuer',
    'card_declined',
    'do_not_honor',
    'generic_decline',
    'no_action_taken',
    'testmode_decline',
  ],
  bankForGood: [
    'do_not_try_again',
    'fraudulent',
    'lost_card',
    'merchant_blacklist',
    'pickup_card',
    'restricted_card',
    'security_violation',
    'stolen_card',
  ],
  expired: ['expired_card'],
  details: [
    'incorrect_address',
    'incorrect_cvc',
    'incorrect_number',
    'incorrect_zip',
    'invalid_cvc',
    'invalid_expiry_month',
    'invalid_expiry_year',
    'invalid_number',
  ],
  closed: ['invalid_account', 'new_account_information_available'],
  unsupported: [
    'card_not_supported',
    'incorrect_pin',
    'invalid_pin',
    'not_permitted',
    'offline_pin_required',
    'online_or_offline_pin_required',
    'pin_try_exceeded',
    'service_not_allowed',
    'transaction_not_allowed',
  ],
  currency: ['currency_not_supported'],
  amount: ['invalid_amount'],
  stopped: ['revocation_of_all_authorizations', 'revocation_of_authorization', 'stop_payment_order'],
};

const byCode = new Map<string, Decline>(
  (Object.keys(declines) as (keyof typeof declines)[]).flatMap((kind) =>
    CODES[kind].map((code) => [code, declines[kind]] as const),
  ),
);

/** What a refusal means. The code of the decline says more than that of the error; one that nobody knows is told in general. */
export function declineOf({ code, declineCode, adviceCode }: StripeRefusal): Decline {
  const known = byCode.get(declineCode ?? '') ?? byCode.get(code ?? '') ?? declines.bank;
  return adviceCode === 'do_not_try_again' ? { ...known, class: 'another-card' } : known;
}
