import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { TaxRate } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  boolean,
  mergeMetadata,
  metadata,
  oneOf,
  percent,
  required,
  shape,
  text,
  type Read,
} from '../params';
import type { Context } from '../world';

const taxType = oneOf('vat', 'sales_tax', 'gst', 'hst', 'igst', 'jct', 'pst', 'qst', 'rst', 'service_tax');
const common = {
  active: boolean(),
  country: text({ max: 2 }),
  description: text(),
  jurisdiction: text({ max: 200 }),
  metadata: metadata(),
  state: text(),
  tax_type: taxType,
};
const creation = shape({
  ...common,
  display_name: required(text({ max: 200 })),
  inclusive: required(boolean()),
  percentage: required(percent()),
});
const change = shape({ ...common, display_name: text({ max: 200 }) });

export type NewTaxRate = Pick<Read<typeof creation>, 'display_name' | 'inclusive' | 'percentage'> & {
  id?: string;
  active?: boolean;
  country?: string | null;
  description?: string;
  jurisdiction?: string | null;
  metadata?: Record<string, string>;
  state?: string | null;
  tax_type?: Read<typeof taxType>;
};

export const keepTaxRate = (ctx: Context, wanted: NewTaxRate): TaxRate =>
  ctx.store.tax_rates.put({
    id: wanted.id ?? newId('tax_rate'),
    object: 'tax_rate',
    active: wanted.active ?? true,
    country: wanted.country ?? null,
    created: ctx.clock.seconds(),
    description: wanted.description ?? null,
    display_name: wanted.display_name,
    effective_percentage: wanted.percentage,
    flat_amount: null,
    inclusive: wanted.inclusive,
    jurisdiction: wanted.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: wanted.metadata ?? {},
    percentage: wanted.percentage,
    rate_type: 'percentage',
    state: wanted.state ?? null,
    tax_type: wanted.tax_type ?? null,
  });

const knownTaxRate = (ctx: Context, id: string, param = 'id'): TaxRate =>
  known(ctx.store.tax_rates, 'tax rate', id, param);

/** The rates that are named in a request, which must be there before anything is made of them. */
export const taxRatesNamed = (ctx: Context, ids: string[] | null | undefined, param: string): TaxRate[] =>
  (ids ?? []).map((id, index) => knownTaxRate(ctx, id, `${param}[${index}]`));

export const taxRates: Operation[] = [
  post('/v1/tax_rates', 'tax_rate', creation, (ctx, params) => {
    const rate = keepTaxRate(ctx, { ...params, metadata: mergeMetadata({}, params.metadata) });
    emit(ctx, 'tax_rate.created', rate);
    return rate;
  }),
  get(
    '/v1/tax_rates',
    'list of tax_rate',
    shape({ ...dated, active: boolean(), inclusive: boolean() }),
    (ctx, params) =>
      page(ctx.store.tax_rates, {
        url: '/v1/tax_rates',
        kind: 'tax rate',
        params,
        where: (rate) =>
          (params.active === undefined || rate.active === params.active) &&
          (params.inclusive === undefined || rate.inclusive === params.inclusive),
      }),
  ),
  get('/v1/tax_rates/:id', 'tax_rate', shape({}), (ctx, _params, { id }) => knownTaxRate(ctx, id)),
  post('/v1/tax_rates/:id', 'tax_rate', change, (ctx, params, { id }) => {
    const rate = knownTaxRate(ctx, id);
    const { metadata: changed, ...rest } = params;
    const merged = mergeMetadata(rate.metadata ?? {}, changed);
    const after = ctx.store.tax_rates.put({ ...rate, ...rest, metadata: merged });
    emitUpdate(ctx, 'tax_rate.updated', rate, after);
    return after;
  }),
];
