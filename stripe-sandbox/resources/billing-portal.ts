import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { known } from '../known';
import { page, paging } from '../lists';
import type { PortalConfiguration, PortalSession } from '../objects';
import { get, post, type Operation } from '../operations';
import { boolean, listOf, mergeMetadata, metadata, oneOf, required, shape, text, missing } from '../params';
import { unmodelled, unset, url, type Read } from '../params';
import type { Context } from '../world';
import { knownCustomer } from './customers';

const updates = oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id');
const subscriptions = unmodelled('subscription_cancel', 'subscription_pause', 'subscription_update');
const toggle = shape({ enabled: required(boolean()) });
const methodUpdate = shape({
  enabled: required(boolean()),
  ...unmodelled('payment_method_configuration'),
});
const profile = shape({
  headline: unset(text({ max: 60 })),
  privacy_policy_url: unset(url()),
  terms_of_service_url: unset(url()),
});
const common = {
  business_profile: profile,
  default_return_url: unset(url()),
  login_page: toggle,
  metadata: metadata(),
  name: unset(text()),
};
const creation = shape({
  ...common,
  features: required(
    shape({
      customer_update: shape({ enabled: required(boolean()), allowed_updates: unset(listOf(updates)) }),
      invoice_history: toggle,
      payment_method_update: methodUpdate,
      ...subscriptions,
    }),
  ),
});
const change = shape({
  ...common,
  active: boolean(),
  features: shape({
    customer_update: shape({ enabled: boolean(), allowed_updates: unset(listOf(updates)) }),
    invoice_history: toggle,
    payment_method_update: methodUpdate,
    ...subscriptions,
  }),
});
type Change = Read<typeof change>;

const withFeatures = (
  kept: PortalConfiguration['features'],
  wanted: NonNullable<Change['features']>,
): PortalConfiguration['features'] => ({
  ...kept,
  customer_update: {
    enabled: wanted.customer_update?.enabled ?? kept.customer_update.enabled,
    allowed_updates: wanted.customer_update?.allowed_updates ?? kept.customer_update.allowed_updates,
  },
  invoice_history: wanted.invoice_history ?? kept.invoice_history,
  payment_method_update: { ...kept.payment_method_update, ...wanted.payment_method_update },
});

const apply = (ctx: Context, kept: PortalConfiguration, params: Change): PortalConfiguration => ({
  ...kept,
  active: params.active ?? kept.active,
  business_profile: { ...kept.business_profile, ...params.business_profile },
  ...(params.default_return_url === undefined ? {} : { default_return_url: params.default_return_url }),
  features: withFeatures(kept.features, params.features ?? {}),
  metadata: mergeMetadata(kept.metadata ?? {}, params.metadata),
  ...(params.name === undefined ? {} : { name: params.name }),
  updated: ctx.clock.seconds(),
});

const blank = (ctx: Context, isDefault: boolean): PortalConfiguration => ({
  id: newId('portal_configuration'),
  object: 'billing_portal.configuration',
  active: true,
  application: null,
  business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
  created: ctx.clock.seconds(),
  default_return_url: null,
  features: {
    customer_update: { allowed_updates: [], enabled: false },
    invoice_history: { enabled: false },
    payment_method_update: { enabled: false, payment_method_configuration: null },
    subscription_cancel: {
      cancellation_reason: { enabled: false, feedback_options: null, options: [] },
      enabled: false,
      mode: 'at_period_end',
      proration_behavior: 'none',
    },
    subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
    subscription_update: {
      billing_cycle_anchor: null,
      default_allowed_updates: [],
      enabled: false,
      proration_behavior: 'none',
      schedule_at_period_end: { conditions: [] },
      trial_update_behavior: 'end_trial',
    },
  },
  is_default: isDefault,
  livemode: false,
  login_page: { enabled: false, url: null },
  metadata: {},
  name: null,
  updated: ctx.clock.seconds(),
});

/** What the portal may do when no configuration was made: the one that a Dashboard begins with. */
const defaultConfiguration = (ctx: Context): PortalConfiguration => {
  for (const kept of ctx.store.portal_configurations.newestFirst()) if (kept.is_default) return kept;
  return ctx.store.portal_configurations.put(
    apply(ctx, blank(ctx, true), {
      features: {
        customer_update: {
          enabled: true,
          allowed_updates: ['email', 'name', 'address', 'phone', 'tax_id'],
        },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
      },
    }),
  );
};

const knownConfiguration = (ctx: Context, id: string, param = 'id'): PortalConfiguration =>
  known(ctx.store.portal_configurations, 'configuration', id, param);

const flow = shape({
  after_completion: shape({
    hosted_confirmation: shape({ custom_message: text() }),
    redirect: shape({ return_url: required(url()) }),
    type: required(oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
  }),
  type: required(oneOf('customer_update', 'payment_method_update')),
  ...unmodelled(
    'subscription_cancel',
    'subscription_pause',
    'subscription_update',
    'subscription_update_confirm',
  ),
});

const opening = shape({
  configuration: text(),
  customer: text(),
  flow_data: flow,
  locale: text(),
  return_url: url(),
  ...unmodelled('after_expiration', 'customer_account', 'on_behalf_of'),
});

const flowOf = (wanted: Read<typeof flow>): NonNullable<PortalSession['flow']> => {
  const after = wanted.after_completion;
  if (after?.type === 'redirect' && after.redirect === undefined) {
    throw missing('flow_data[after_completion][redirect]');
  }
  return {
    after_completion: {
      hosted_confirmation:
        after?.type === 'hosted_confirmation'
          ? { custom_message: after.hosted_confirmation?.custom_message ?? null }
          : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: wanted.type,
  };
};

const open = (ctx: Context, params: Read<typeof opening>): PortalSession => {
  if (params.customer === undefined) {
    throw missing('customer');
  }
  const customer = knownCustomer(ctx, params.customer);
  const configuration =
    params.configuration === undefined
      ? defaultConfiguration(ctx)
      : knownConfiguration(ctx, params.configuration, 'configuration');
  const session = ctx.store.portal_sessions.put({
    id: newId('portal_session'),
    object: 'billing_portal.session',
    configuration: configuration.id,
    created: ctx.clock.seconds(),
    customer: customer.id,
    customer_account: null,
    flow: params.flow_data === undefined ? null : flowOf(params.flow_data),
    livemode: false,
    locale: (params.locale ?? null) as PortalSession['locale'],
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${ctx.origin}/p/session/test_${randomText(64)}`,
  });
  emit(ctx, 'billing_portal.session.created', session);
  return session;
};

const LINK_LIVES = 60 * 60;

/** The session behind its address, while the link lives. */
export const portalByToken = (ctx: Context, token: string): PortalSession | null => {
  const is = `${ctx.origin}/p/session/${token}`;
  const [session] = ctx.store.portal_sessions.newestFirst(undefined, { by: 'url', is });
  return session === undefined || ctx.clock.seconds() > session.created + LINK_LIVES ? null : session;
};

export const configurationOf = (ctx: Context, session: PortalSession): PortalConfiguration =>
  knownConfiguration(ctx, session.configuration);

export const billingPortal: Operation[] = [
  post('/v1/billing_portal/sessions', 'billing_portal.session', opening, open),
  post('/v1/billing_portal/configurations', 'billing_portal.configuration', creation, (ctx, params) => {
    const made = ctx.store.portal_configurations.put(apply(ctx, blank(ctx, false), params));
    emit(ctx, 'billing_portal.configuration.created', made);
    return made;
  }),
  get(
    '/v1/billing_portal/configurations',
    'list of billing_portal.configuration',
    shape({ ...paging, active: boolean(), is_default: boolean() }),
    (ctx, params) =>
      page(ctx.store.portal_configurations, {
        url: '/v1/billing_portal/configurations',
        kind: 'configuration',
        params,
        where: (configuration) =>
          (params.active === undefined || configuration.active === params.active) &&
          (params.is_default === undefined || configuration.is_default === params.is_default),
      }),
  ),
  get(
    '/v1/billing_portal/configurations/:id',
    'billing_portal.configuration',
    shape({}),
    (ctx, _params, { id }) => knownConfiguration(ctx, id),
  ),
  post(
    '/v1/billing_portal/configurations/:id',
    'billing_portal.configuration',
    change,
    (ctx, params, { id }) => {
      const kept = knownConfiguration(ctx, id);
      const after = ctx.store.portal_configurations.put(apply(ctx, kept, params));
      emitUpdate(ctx, 'billing_portal.configuration.updated', kept, after);
      return after;
    },
  ),
];
