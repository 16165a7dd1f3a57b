export type Decline = {
  code: string;
  declineCode: string | null;
  message: string;
  advice: 'try_again_later' | 'do_not_try_again' | 'confirm_card_data' | null;
  networkCode: string | null;
};

const declined = (
  declineCode: string,
  {
    message = 'Your card was declined.',
    advice = 'try_again_later',
    networkCode = '01',
  }: Partial<Decline> = {},
): Decline => ({ code: 'card_declined', declineCode, message, advice, networkCode });

export const declines = {
  generic_decline: declined('generic_decline'),
  insufficient_funds: declined('insufficient_funds', {
    message: 'Your card has insufficient funds.',
    networkCode: '51',
  }),
  lost_card: declined('lost_card', { advice: 'do_not_try_again', networkCode: '41' }),
  stolen_card: declined('stolen_card', { advice: 'do_not_try_again', networkCode: '43' }),
  card_velocity_exceeded: declined('card_velocity_exceeded', {
    message:
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    networkCode: '65',
  }),
  fraudulent: declined('fraudulent', { advice: 'do_not_try_again', networkCode: null }),
  test_mode_live_card: declined('test_mode_live_card', {
    message:
      'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
    advice: null,
    networkCode: null,
  }),
  expired_card: {
    code: 'expired_card',
    declineCode: null,
    message: 'Your card has expired.',
    advice: 'do_not_try_again',
    networkCode: '54',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    declineCode: null,
    message: "Your card's security code is incorrect.",
    advice: 'confirm_card_data',
    networkCode: null,
  },
  processing_error: {
    code: 'processing_error',
    declineCode: null,
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice: 'try_again_later',
    networkCode: null,
  },
  incorrect_number: {
    code: 'incorrect_number',
    declineCode: null,
    message: 'Your card number is incorrect.',
    advice: 'confirm_card_data',
    networkCode: null,
  },
  authentication_required: {
    code: 'authentication_required',
    declineCode: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
    advice: null,
    networkCode: null,
  },
} satisfies Record<string, Decline>;

export type DeclineName = keyof typeof declines;

/** When a card asks its holder to confirm: `unless_set_up` and `on_session` spare some off-session charges. */
type Challenge = 'never' | 'optional' | 'always' | 'on_session' | 'unless_set_up';
type Aftermath =
  | 'dispute_fraudulent'
  | 'dispute_product_not_received'
  | 'dispute_inquiry'
  | 'early_fraud_warning'
  | 'refund_pending'
  | 'refund_fails'
  | 'available_at_once';

export type TestCard = {
  number: string;
  names: string[];
  brand: 'visa' | 'mastercard' | 'amex' | 'discover';
  funding: 'credit' | 'debit';
  country: string;
  challenge: Challenge;
  /** What the bank says to a charge. */
  charge: DeclineName | 'ok';
  /** What the bank says to being saved without a charge. */
  attach: DeclineName | 'ok';
  risk: 'normal' | 'elevated' | 'highest';
  blocked: boolean;
  after: Aftermath | null;
};

const card = (number: string, name: string, traits: Partial<TestCard> = {}): TestCard => ({
  number,
  names: [name],
  brand: 'visa',
  funding: 'credit',
  country: 'US',
  challenge: 'never',
  charge: 'ok',
  attach: traits.charge ?? 'ok',
  risk: 'normal',
  blocked: false,
  after: null,
  ...traits,
});

const challenged = (
  number: string,
  name: string,
  challenge: Challenge,
  traits: Partial<TestCard> = {},
): TestCard => card(number, name, { challenge, attach: 'ok', country: 'DE', ...traits });

export const testCards: TestCard[] = [
  card('4242424242424242', 'visa'),
  card('5555555555554444', 'mastercard', { brand: 'mastercard' }),
  card('378282246310005', 'amex', { brand: 'amex' }),
  card('4000056655665556', 'visa_debit', { funding: 'debit' }),
  challenged('4000002500003155', 'authenticationRequiredOnSetup', 'unless_set_up'),
  challenged('4000002760003184', 'authenticationRequired', 'always'),
  challenged('4000003800000446', 'authenticationRequiredSetupForOffSession', 'on_session'),
  challenged('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', 'always', {
    charge: 'insufficient_funds',
  }),
  challenged('4000000000003220', 'threeDSecure2Required', 'always'),
  challenged('4000008400001629', 'threeDSecureRequiredChargeDeclined', 'always', {
    charge: 'generic_decline',
  }),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', {
    charge: 'processing_error',
    attach: 'ok',
  }),
  challenged('4000000000003055', 'threeDSecureOptional', 'optional'),
  card('4000000000000002', 'visa_chargeDeclined', {
    names: ['visa_chargeDeclined', 'chargeDeclined'],
    charge: 'generic_decline',
  }),
  card('4000000000009995', 'visa_chargeDeclinedInsufficientFunds', {
    names: ['visa_chargeDeclinedInsufficientFunds', 'chargeDeclinedInsufficientFunds'],
    charge: 'insufficient_funds',
  }),
  card('4000000000009987', 'visa_chargeDeclinedLostCard', { charge: 'lost_card' }),
  card('4000000000009979', 'visa_chargeDeclinedStolenCard', { charge: 'stolen_card' }),
  card('4000000000000069', 'chargeDeclinedExpiredCard', { charge: 'expired_card' }),
  card('4000000000000127', 'chargeDeclinedIncorrectCvc', { charge: 'incorrect_cvc' }),
  card('4000000000000119', 'chargeDeclinedProcessingError', { charge: 'processing_error' }),
  card('4000000000006975', 'visa_chargeDeclinedVelocityLimitExceeded', { charge: 'card_velocity_exceeded' }),
  card('4000000000000341', 'chargeCustomerFail', { charge: 'generic_decline', attach: 'ok' }),
  card('4100000000000019', 'radarBlock', {
    charge: 'fraudulent',
    attach: 'ok',
    risk: 'highest',
    blocked: true,
  }),
  card('4000000000004954', 'riskLevelHighest', { risk: 'highest' }),
  card('4000000000009235', 'riskLevelElevated', { risk: 'elevated' }),
  card('4000000000000259', 'createDispute', { after: 'dispute_fraudulent' }),
  card('4000000000002685', 'createDisputeProductNotReceived', { after: 'dispute_product_not_received' }),
  card('4000000000001976', 'createDisputeInquiry', { after: 'dispute_inquiry' }),
  card('4000000000005423', 'createIssuerFraudRecord', { after: 'early_fraud_warning' }),
  card('4000000000007726', 'pendingRefund', { after: 'refund_pending' }),
  card('4000000000005126', 'refundFail', { after: 'refund_fails' }),
  card('4000000000000077', 'bypassPending', { after: 'available_at_once' }),
];

const byNumber = new Map(testCards.map((entry) => [entry.number, entry]));
const byName = new Map(testCards.flatMap((entry) => entry.names.map((name) => [name, entry] as const)));

export const cardByNumber = (number: string): TestCard | null => byNumber.get(number) ?? null;

/** `pm_card_visa` and `tok_visa` both name the card `visa`; anything else names none. */
export const cardByMagicId = (id: string): TestCard | null => {
  const name = /^(?:pm_card_|tok_)(.+)$/.exec(id)?.[1];
  return name === undefined ? null : (byName.get(name) ?? null);
};

/** The check digit that catches a mistyped number before any bank is asked. */
export const passesLuhn = (number: string): boolean => {
  const total = number
    .split('')
    .toReversed()
    .reduce((sum, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
  return number.length >= 12 && total % 10 === 0;
};

/** Whether the bank wants its customer to confirm this charge. */
export const wantsChallenge = (
  { challenge }: TestCard,
  { offSession, setUp }: { offSession: boolean; setUp: boolean },
): boolean => {
  switch (challenge) {
    case 'never':
    case 'optional':
      return false;
    case 'always':
      return true;
    case 'on_session':
      return !offSession;
    case 'unless_set_up':
      return !offSession || !setUp;
    default:
      return challenge satisfies never;
  }
};
