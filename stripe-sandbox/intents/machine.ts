import { declines, wantsChallenge, type Decline } from '../cards';
import { docUrl, invalidRequest, StripeError } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import type { Charge, PaymentIntent, PaymentMethod, SetupIntent } from '../objects';
import { testCardOf } from '../resources/payment-methods';
import type { Table } from '../table';
import type { Context } from '../world';

/** How a card that is kept may be shown again; null keeps nothing. */
export type Keep = 'always' | 'limited' | 'unspecified' | null;

/** How an attempt ended. A decline is a value: the API turns it into a 402, a page into a sentence. */
export type Outcome<I> =
  | { kind: 'succeeded'; intent: I }
  | { kind: 'requires_action'; intent: I }
  | { kind: 'declined'; intent: I; error: StripeError };

export type Attempt = {
  method: PaymentMethod;
  offSession: boolean;
  returnUrl: string | null;
  keep: Keep;
  /** What becomes of an off-session attempt whose bank wants the holder. */
  onChallenge?: 'refuse' | 'wait';
  /** Whether the money may come later, as it does on hosted pages that take delayed payments. */
  delays?: boolean;
};

/** What a bank is asked once nothing stands in the way: to charge a card, or to let it be charged later. */
export type Asked = {
  method: PaymentMethod;
  keep: Keep;
  authenticated: boolean;
  /** A refusal that is certain before the bank is asked. */
  decline: Decline | null;
  delays: boolean;
};
export type Answered<I> = { granted: I } | { decline: Decline; charge: Charge | null };

/** In what a PaymentIntent and a SetupIntent differ. */
type Kind<I> = {
  object: 'payment_intent' | 'setup_intent';
  title: 'PaymentIntent' | 'SetupIntent';
  table(ctx: Context): Table<I & { id: string; created: number }>;
  /** Asks the bank, and records what it did. */
  ask(ctx: Context, intent: I, asked: Asked): Answered<I>;
  /** Where the reason of the last refusal stands, and the event that tells of one. */
  refused: { in: 'last_payment_error' | 'last_setup_error'; event: string };
  /** The statuses from which it can be canceled, as Stripe enumerates them. */
  cancelable: string;
};

type Intent = PaymentIntent | SetupIntent;

const cardError = (decline: Decline, method: PaymentMethod, charge: Charge | null) => ({
  ...(decline.advice === null ? {} : { advice_code: decline.advice }),
  ...(charge === null ? {} : { charge: charge.id }),
  code: decline.code,
  ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
  doc_url: docUrl(decline.code),
  message: decline.message,
  ...(decline.networkCode === null ? {} : { network_decline_code: decline.networkCode }),
  payment_method: method,
  type: 'card_error',
});

const unauthenticated = (object: string): Decline => ({
  code: `${object}_authentication_failure`,
  declineCode: null,
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  advice: null,
  networkCode: null,
});

/** The bank's page for an intent, which only who knows the secret can open. */
const challengeUrl = (ctx: Context, object: string, { id, client_secret: secret }: Intent): string => {
  const query = new URLSearchParams({
    merchant: ctx.merchant.account,
    [object]: id,
    [`${object}_client_secret`]: secret ?? '',
    publishable_key: 'pk_test_sandbox',
    source: newId('payment_attempt'),
  });
  return `${ctx.origin}/3d_secure_2/hosted?${query.toString()}`;
};

const nextAction = (url: string, returnUrl: string | null) =>
  returnUrl === null
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
    : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };

/** The one machine of both kinds of intent: a card is tried, its holder perhaps asked, its bank always. */
export const machineOf = <I extends Intent>({ object, title, table, ask, refused, cancelable }: Kind<I>) => {
  const unexpectedState = (message: string, intent: I): StripeError => {
    const { status, body } = invalidRequest(message, { code: `${object}_unexpected_state` });
    return new StripeError(status, { ...body, [object]: intent });
  };

  const refuse = (
    ctx: Context,
    intent: I,
    { decline, method, charge }: { decline: Decline; method: PaymentMethod; charge: Charge | null },
  ): Outcome<I> => {
    const reason = cardError(decline, method, charge);
    const after = table(ctx).put({
      ...intent,
      [refused.in]: reason,
      ...(charge === null ? {} : { latest_charge: charge.id }),
      next_action: null,
      payment_method: null,
      status: 'requires_payment_method',
    });
    emit(ctx, refused.event, after);
    const body = { ...reason, [object]: after, payment_method_type: 'card' };
    return { kind: 'declined', intent: after, error: new StripeError(402, body, false) };
  };

  const goOn = (ctx: Context, intent: I, asked: Asked): Outcome<I> => {
    const answered = ask(ctx, intent, asked);
    return 'granted' in answered
      ? { kind: 'succeeded', intent: answered.granted }
      : refuse(ctx, intent, { ...answered, method: asked.method });
  };

  const methodOf = (ctx: Context, intent: I): PaymentMethod => {
    const method = ctx.store.payment_methods.get(intent.payment_method ?? '');
    if (method === null) throw new Error(`${intent.id} waits and has no payment method`);
    return method;
  };

  return {
    unexpectedState,

    /** What was delayed is asked for now. */
    settle(ctx: Context, intent: I, keep: Keep, decline: Decline | null): Outcome<I> {
      const method = methodOf(ctx, intent);
      return goOn(ctx, intent, { method, keep, authenticated: false, decline, delays: false });
    },

    /** Tries a card: its holder is asked when the bank wants it, else the bank at once. */
    attempt(
      ctx: Context,
      before: I,
      { method, offSession, returnUrl, keep, onChallenge = 'refuse', delays = false }: Attempt,
    ): Outcome<I> {
      const intent = table(ctx).put({ ...before, payment_method: method.id });
      const { setUp = false, outcome = null } = ctx.store.cards_on_file.get(method.id) ?? {};
      const isTold = outcome === 'authentication_required';
      if (!isTold && !wantsChallenge(testCardOf(ctx, method), { offSession, setUp })) {
        return goOn(ctx, intent, { method, keep, authenticated: false, decline: null, delays });
      }
      if (offSession && onChallenge === 'refuse') {
        const decline = declines.authentication_required;
        return goOn(ctx, intent, { method, keep, authenticated: false, decline, delays });
      }
      const waiting = table(ctx).put({
        ...intent,
        [refused.in]: null,
        next_action: nextAction(challengeUrl(ctx, object, intent), returnUrl),
        status: 'requires_action',
      });
      emit(ctx, `${object}.requires_action`, waiting);
      return { kind: 'requires_action', intent: waiting };
    },

    /** Goes on after the bank's page: the bank is asked when the holder confirmed, and nobody when not. */
    authenticate(
      ctx: Context,
      intent: I,
      { passed, keep, delays = false }: { passed: boolean; keep: Keep; delays?: boolean },
    ): Outcome<I> {
      const method = methodOf(ctx, intent);
      return passed
        ? goOn(ctx, intent, { method, keep, authenticated: true, decline: null, delays })
        : refuse(ctx, intent, { decline: unauthenticated(object), method, charge: null });
    },

    cancel(ctx: Context, intent: I, reason: I['cancellation_reason']): I {
      if (!cancelable.split(', ').includes(intent.status)) {
        throw unexpectedState(
          `You cannot cancel this ${title} because it has a status of ${intent.status}. Only a ${title} with one of the following statuses may be canceled: ${cancelable}.`,
          intent,
        );
      }
      const canceled = table(ctx).put({
        ...intent,
        ...(object === 'payment_intent' ? { canceled_at: ctx.clock.seconds() } : {}),
        cancellation_reason: reason,
        next_action: null,
        status: 'canceled',
      });
      emit(ctx, `${object}.canceled`, canceled);
      return canceled;
    },
  };
};
