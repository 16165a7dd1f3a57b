import { html } from 'hono/html';

import { detailsOf } from '../checkout/session';
import type { BillingDetails, CheckoutSession } from '../objects';
import type { Place } from '../store';
import type { Context } from '../world';
import { addressFields, addressLines, readAddress } from './address-form';
import { checkbox, field, typedIn, wrong, type Filled, type Reading } from './fields';
import { facts } from './layout';
import { typedTaxId, taxIdFields, taxIdName } from './tax-id-form';

type Address = NonNullable<BillingDetails['address']>;

/** Where the buyer is: as said on this page, or as the customer has it on file. */
export const addressOf = (ctx: Context, session: CheckoutSession): Address | null => {
  const said = detailsOf(ctx, session).place?.address;
  const at = said ?? ctx.store.customers.get(session.customer ?? '')?.address;
  const isWhole = typeof at?.country === 'string' && (typeof at.line1 === 'string' || !isRequired(session));
  return isWhole ? at : null;
};

const isRequired = ({ billing_address_collection: asked }: CheckoutSession) => asked === 'required';

export const isTaxed = ({ mode, automatic_tax: tax }: CheckoutSession) => mode === 'payment' && tax.enabled;

/** Tax follows the place, so a taxed page asks for it before it says what is to be paid. */
export const asksPlaceFirst = (ctx: Context, session: CheckoutSession): boolean =>
  isTaxed(session) && session.amount_total !== 0 && addressOf(ctx, session) === null;

const asksTaxId = ({ tax_id_collection: asked }: CheckoutSession) => asked?.enabled === true;
const mustBeBusiness = ({ tax_id_collection: asked }: CheckoutSession) => asked?.required === 'if_supported';

/** The name and the number of a business that buys, and nothing of a person. */
const readBusiness = (session: CheckoutSession, form: Reading): Partial<Place> => {
  if (!asksTaxId(session) || !form.typed.has('type')) return {};
  if (!mustBeBusiness(session) && form.typed.get('business') !== 'yes')
    return { businessName: null, taxIds: [] };
  const name = typedIn(form, 'business_name');
  if (name === '') wrong(form, 'business_name', 'Enter the name of your business.');
  const taxId = typedTaxId(form);
  return { businessName: name, taxIds: taxId === null ? [] : [taxId] };
};

/** The address that was typed, or else the one that is known; `other` is what a saved card knows of its holder. */
const readWhere = (ctx: Context, session: CheckoutSession, form: Reading, other: Address | null) => {
  if (!isRequired(session) && !isTaxed(session)) return null;
  if (form.typed.has('country') && other === null) return readAddress(form);
  const known = addressOf(ctx, session) ?? other;
  return known === null && session.amount_total !== 0 ? readAddress(form) : known;
};

/** What was said of the place, with what is missing noted on the form. */
export const readPlace = (
  ctx: Context,
  session: CheckoutSession,
  form: Reading,
  other: Address | null = null,
): Partial<Place> => {
  const address = readWhere(ctx, session, form, other);
  return { ...(address === null ? {} : { address }), ...readBusiness(session, form) };
};

const businessFields = (session: CheckoutSession, filled: Filled) =>
  asksTaxId(session)
    ? html`${mustBeBusiness(session) ? '' : checkbox(filled, { id: 'business', label: 'I am buying as a business' })}
        <div class="of-business">
          ${field(filled, { id: 'business_name', label: 'Business name', autocomplete: 'organization' })}
          ${taxIdFields(filled)}
        </div>`
    : '';

const asked = ['country', 'line1', 'city', 'state', 'postcode', 'business_name', 'type', 'value'];

/** Whether all that was said of the place could be read, whatever else is wrong with the form. */
export const placeIsSaid = ({ mistakes }: Reading): boolean => !asked.some((name) => mistakes.has(name));

/** The same form as a page sees it that asks for the place alone. */
export const placeAlone = ({ typed, mistakes }: Reading): Reading => ({
  typed,
  mistakes: new Map([...mistakes].filter(([name]) => asked.includes(name))),
});

/** Asked for on a page of their own where tax follows them. */
export const placeFields = (session: CheckoutSession, filled: Filled) =>
  html`${addressFields(filled)} ${businessFields(session, filled)}`;

/** Asked for beside a new card. */
export const addressBeside = (session: CheckoutSession, filled: Filled) =>
  isRequired(session) && !isTaxed(session) ? addressFields(filled) : '';

/** Asked for whatever is paid with. */
export const businessBeside = (session: CheckoutSession, filled: Filled) =>
  isTaxed(session) ? '' : businessFields(session, filled);

/** What was said of the place, with the way to say something else. */
export const placeSaid = (ctx: Context, session: CheckoutSession) => {
  const { businessName, taxIds = [] } = detailsOf(ctx, session).place ?? {};
  return html`<section>
    ${facts([
      ['Address', addressLines(addressOf(ctx, session)).join('\n') || null],
      ['Business', businessName ?? null],
      ['Tax ID', taxIds.map(({ type, value }) => `${taxIdName(type)} ${value}`).join('\n') || null],
    ])}
    <p><a href="/c/pay/${session.id}?step=address">Change address or tax ID</a></p>
  </section>`;
};

/** What the place form knows already. */
export const knownPlace = (ctx: Context, session: CheckoutSession): Record<string, string> => {
  const { businessName, taxIds = [] } = detailsOf(ctx, session).place ?? {};
  const [taxId] = taxIds;
  return {
    ...(typeof businessName === 'string' ? { business: 'yes', business_name: businessName } : {}),
    ...(taxId === undefined ? {} : taxId),
  };
};
