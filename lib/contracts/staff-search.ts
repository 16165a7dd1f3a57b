import { z } from 'zod';

import { plainText } from './plain-text';

export const StaffSearch = z.strictObject({
  /** Whatever a customer sent. */
  sought: plainText(1_000).optional(),
});
