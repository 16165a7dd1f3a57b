import type { Customer } from './customer';
import { rows } from './database';

/** As if this person had signed in an hour ago. */
export async function signedInAWhileAgo({ userId }: Pick<Customer, 'userId'>): Promise<void> {
  await rows(
    `UPDATE sign_in_sessions SET confirmed_at = confirmed_at - interval '1 hour' WHERE user_id = $1`,
    [userId],
  );
}
