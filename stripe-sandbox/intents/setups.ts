import { declines } from '../cards';
import { emit } from '../events';
import { newId, randomText } from '../ids';
import type { Metadata, SetupIntent } from '../objects';
import { giveMethod, testCardOf } from '../resources/payment-methods';
import type { Context } from '../world';
import { machineOf, type Answered, type Asked, type Attempt, type Outcome } from './machine';

export type SetupOutcome = Outcome<SetupIntent>;

export type NewSetup = {
  customer?: string | null;
  description?: string | null;
  metadata?: Metadata;
  usage?: 'off_session' | 'on_session';
  allowedTypes?: string[] | null;
  allowRedirects?: 'always' | 'never';
};

export const createSetup = (ctx: Context, wanted: NewSetup): SetupIntent => {
  const id = newId('setup_intent');
  const setup = ctx.store.setup_intents.put({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: wanted.allowedTypes ?? null,
    application: null,
    automatic_payment_methods: { allow_redirects: wanted.allowRedirects ?? 'always', enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(30)}`,
    created: ctx.clock.seconds(),
    customer: wanted.customer ?? null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: wanted.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: { id: 'pmc_1SandboxDefault0000000', parent: null },
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: wanted.usage ?? 'off_session',
  });
  emit(ctx, 'setup_intent.created', setup);
  return setup;
};

/** Has the bank let a card be charged later, and gives it to the customer. */
const setUp = (ctx: Context, setup: SetupIntent, { method, keep }: Asked): Answered<SetupIntent> => {
  const { attach } = testCardOf(ctx, method);
  if (attach !== 'ok') return { decline: declines[attach], charge: null };
  const onFile = ctx.store.cards_on_file.get(method.id);
  if (onFile !== null) {
    ctx.store.cards_on_file.put({ ...onFile, setUp: onFile.setUp || setup.usage === 'off_session' });
  }
  const done = ctx.store.setup_intents.put({
    ...setup,
    last_setup_error: null,
    latest_attempt: newId('setup_attempt'),
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  emit(ctx, 'setup_intent.succeeded', done);
  const customer = setup.customer === null ? null : ctx.store.customers.get(setup.customer);
  if (customer !== null && method.customer === null) {
    const shown = keep ?? method.allow_redisplay ?? 'unspecified';
    giveMethod(ctx, { ...method, allow_redisplay: shown }, customer);
  }
  return { granted: done };
};

const machine = machineOf<SetupIntent>({
  object: 'setup_intent',
  title: 'SetupIntent',
  table: ({ store }) => store.setup_intents,
  ask: setUp,
  refused: { in: 'last_setup_error', event: 'setup_intent.setup_failed' },
  cancelable: 'requires_payment_method, requires_confirmation, requires_action',
});

export const {
  authenticate: authenticateSetup,
  cancel: cancelSetup,
  unexpectedState: unexpectedSetup,
} = machine;

/** Asks for a card to be kept; the holder is there and may be asked to confirm. */
export const attemptSetup = (
  ctx: Context,
  setup: SetupIntent,
  wanted: Omit<Attempt, 'offSession' | 'onChallenge'>,
): SetupOutcome => machine.attempt(ctx, setup, { ...wanted, offSession: false });
