import { z } from 'zod';

import { ALERT_KINDS } from '@/lib/domain/alert';

import { CreditsField } from './amounts';

const Kind = z.enum(ALERT_KINDS);

/** What the asking member is mailed, who else is, and at which amounts. */
export const Alerts = z.object({
  alerts: z.array(
    z.object({
      alert: Kind,
      /** By the member who asks. */
      wanted: z.boolean(),
      /** Addresses of everybody who is mailed it. */
      told: z.array(z.string()),
    }),
  ),
  levels: z.object({
    warning: CreditsField,
    critical: CreditsField,
    /** Whether the account set them; otherwise they are the price book's. */
    isOwn: z.boolean(),
  }),
});
export type Alerts = z.output<typeof Alerts>;

export const ChooseAlert = z.strictObject({ alert: Kind, wanted: z.boolean() });
export type ChooseAlert = z.output<typeof ChooseAlert>;

/** Null: the price book's again. */
export const SetAlertLevels = z.strictObject({
  levels: z.strictObject({ warning: CreditsField, critical: CreditsField }).nullable(),
});
export type SetAlertLevels = z.output<typeof SetAlertLevels>;
