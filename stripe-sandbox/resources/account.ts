import type { Account } from '../objects';
import { get, type Operation } from '../operations';
import { shape } from '../params';
import type { Context } from '../world';

const account = ({ merchant }: Context): Account => ({
  id: merchant.account,
  object: 'account',
  business_profile: {
    mcc: null,
    minority_owned_business_designation: null,
    name: merchant.name,
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: null,
  },
  business_type: 'company',
  capabilities: { card_payments: 'active', transfers: 'active' },
  charges_enabled: true,
  country: merchant.country,
  default_currency: 'usd',
  details_submitted: true,
  email: null,
  metadata: {},
  payouts_enabled: true,
  settings: {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: merchant.name, timezone: 'Etc/UTC' },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
  },
  type: 'standard',
});

/** Whose sandbox this is. */
export const accounts: Operation[] = [get('/v1/account', 'account', shape({}), (ctx) => account(ctx))];
