import { emit } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { EarlyFraudWarning } from '../objects';
import { get, type Operation } from '../operations';
import { shape, text } from '../params';
import type { Context } from '../world';

/** The issuer reports a charge as fraud before any dispute. */
export const warnOfFraud = (ctx: Context, id: string): EarlyFraudWarning | null => {
  const charge = ctx.store.charges.get(id);
  if (charge === null) return null;
  const warning = ctx.store.early_fraud_warnings.put({
    id: newId('early_fraud_warning'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.disputed && !charge.refunded,
    charge: charge.id,
    created: ctx.clock.seconds(),
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
    ...(charge.payment_intent === null ? {} : { payment_intent: charge.payment_intent }),
  });
  emit(ctx, 'radar.early_fraud_warning.created', warning);
  return warning;
};

export const earlyFraudWarnings: Operation[] = [
  get(
    '/v1/radar/early_fraud_warnings',
    'list of radar.early_fraud_warning',
    shape({ ...dated, charge: text(), payment_intent: text() }),
    (ctx, params) =>
      page(ctx.store.early_fraud_warnings, {
        url: '/v1/radar/early_fraud_warnings',
        kind: 'early fraud warning',
        params,
        among: { charge: params.charge },
        where: (warning) =>
          (params.charge === undefined || warning.charge === params.charge) &&
          (params.payment_intent === undefined || warning.payment_intent === params.payment_intent),
      }),
  ),
  get('/v1/radar/early_fraud_warnings/:id', 'radar.early_fraud_warning', shape({}), (ctx, _params, { id }) =>
    known(ctx.store.early_fraud_warnings, 'early fraud warning', id),
  ),
];
