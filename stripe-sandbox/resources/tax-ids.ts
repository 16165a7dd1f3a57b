import { invalidRequest, noSuch } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { page, paging, whole, type List } from '../lists';
import type { Customer, TaxId } from '../objects';
import { del, get, post, type Operation } from '../operations';
import { required, shape, text } from '../params';
import type { Context } from '../world';

/** How the numbers look that an app is likely to be given. */
const shapes: Record<string, RegExp> = {
  eu_vat:
    /^(ATU\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|HR\d{11}|HU\d{8}|IE\d[A-Z0-9]\d{5}[A-Z]{1,2}|IT\d{11}|LT(\d{9}|\d{12})|LU\d{8}|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10})$/,
  gb_vat: /^GB(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3}( ?(MWST|TVA|IVA))?$/,
  us_ein: /^\d{2}-?\d{7}$/,
  au_abn: /^\d{11}$/,
};

const countryOf = (type: string, value: string): string =>
  (type === 'eu_vat' ? value.slice(0, 2).replace('EL', 'GR') : type.slice(0, 2)).toUpperCase();

export type NewTaxId = { type: string; value: string };

/** The number as it is kept; one that cannot be a number of its kind is refused. */
export const readTaxId = ({ type, value }: NewTaxId, path = ''): NewTaxId => {
  const param = (name: string) => (path === '' ? name : `${path}[${name}]`);
  const written = value.trim().toUpperCase();
  if (!/^[a-z]{2}_[a-z_]+$/.test(type)) {
    throw invalidRequest(`Invalid type: ${type} is not a kind of tax ID`, { param: param('type') });
  }
  if (shapes[type]?.test(written) === false) {
    throw invalidRequest(`Invalid value for ${type}.`, { code: 'tax_id_invalid', param: param('value') });
  }
  return { type, value: written };
};

/** Keeps a tax number of a customer. */
export const createTaxId = (ctx: Context, customer: Customer, asked: NewTaxId): TaxId => {
  const { type, value: written } = readTaxId(asked);
  const isChecked = type === 'eu_vat' || type === 'gb_vat';
  const taxId = ctx.store.tax_ids.put({
    id: newId('tax_id'),
    object: 'tax_id',
    country: countryOf(type, written),
    created: ctx.clock.seconds(),
    customer: customer.id,
    customer_account: null,
    livemode: false,
    owner: { customer: customer.id, customer_account: null, type: 'customer' },
    type: type as TaxId['type'],
    value: written,
    verification: {
      status: isChecked ? 'verified' : 'unavailable',
      verified_address: null,
      verified_name: isChecked ? (customer.name ?? null) : null,
    },
  });
  emit(ctx, 'customer.tax_id.created', taxId);
  return taxId;
};

export const taxIdsOf = (ctx: Context, customer: string): TaxId[] => [
  ...ctx.store.tax_ids.newestFirst(undefined, { by: 'customer', is: customer }),
];

/** The tax numbers of a customer, as an expanded customer shows them. */
export const taxIdList = (ctx: Context, customer: string): List<TaxId> =>
  whole(taxIdsOf(ctx, customer), `/v1/customers/${customer}/tax_ids`);

export const deleteTaxId = (ctx: Context, taxId: TaxId): object => {
  ctx.store.tax_ids.remove(taxId.id);
  emit(ctx, 'customer.tax_id.deleted', taxId);
  return { id: taxId.id, object: 'tax_id', deleted: true };
};

const knownTaxId = (ctx: Context, customer: string, id: string): TaxId => {
  known(ctx.store.customers, 'customer', customer, 'id');
  const taxId = ctx.store.tax_ids.get(id);
  if (taxId?.customer !== customer) throw noSuch('tax_id', id);
  return taxId;
};

export const taxIds: Operation[] = [
  post(
    '/v1/customers/:customer/tax_ids',
    'tax_id',
    shape({ type: required(text()), value: required(text()) }),
    (ctx, params, { customer }) =>
      createTaxId(ctx, known(ctx.store.customers, 'customer', customer, 'id'), params),
  ),
  get('/v1/customers/:customer/tax_ids', 'list of tax_id', shape(paging), (ctx, params, { customer }) => {
    known(ctx.store.customers, 'customer', customer, 'id');
    return page(ctx.store.tax_ids, {
      url: `/v1/customers/${customer}/tax_ids`,
      kind: 'tax_id',
      params,
      among: { customer },
      where: (taxId) => taxId.customer === customer,
    });
  }),
  get('/v1/customers/:customer/tax_ids/:id', 'tax_id', shape({}), (ctx, _params, { customer, id }) =>
    knownTaxId(ctx, customer, id),
  ),
  del('/v1/customers/:customer/tax_ids/:id', 'tax_id', shape({}), (ctx, _params, { customer, id }) =>
    deleteTaxId(ctx, knownTaxId(ctx, customer, id)),
  ),
];
