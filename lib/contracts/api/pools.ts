import { z } from 'zod';

import { CreditsNumber, InstantText } from './fields';

/** What an account has by where it came from, as AudioPod's document names it. */
export const PoolsAnswer = z
  .object({
    credits_balance: CreditsNumber.meta({ description: 'Left of the monthly allowance.' }),
    payg_balance: CreditsNumber.meta({
      description: 'All other credits: bought, or given. Below zero for a debt.',
    }),
    total_available_credits: CreditsNumber.meta({ description: 'Both together.' }),
    last_reset_at: InstantText.nullable(),
    total_credits_used: CreditsNumber.meta({ description: 'Ever, without what was given back.' }),
    total_payg_credits_purchased: CreditsNumber.meta({ description: 'Ever.' }),
    next_reset_date: InstantText.nullable(),
    credits_per_month: CreditsNumber,
  })
  .meta({ id: 'Pools' });
