import { z } from 'zod';

import { isTimeZone } from '@/lib/domain/time-zone';

/** A zone by its IANA name. */
export const TimeZoneField = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Choose a time zone by its name, such as Europe/Berlin.');

/** A day of the calendar. Before and beyond these years there is nothing to see. */
export const LocalDateField = z.iso
  .date()
  .refine(
    (date) => date >= '2020-01-01' && date < '2100-01-01',
    'Choose a day of this century, from 2020 on.',
  );
