import { AppError } from '@/lib/domain/app-error';
import { isConfirmed } from '@/lib/domain/confirmation';

/** Whether whoever uses a session showed lately who they are. */
export const wasConfirmed = (session: { confirmedAt: Date }, now: Date): boolean =>
  isConfirmed(session.confirmedAt, now);

/**
 * For what must not be done on a screen that somebody left open. Refuses with `confirmation_required`, upon which our pages
 * ask once more who it is, and then send the same again.
 */
export function requireConfirmed(session: { confirmedAt: Date }, now: Date): void {
  if (!wasConfirmed(session, now))
    throw new AppError('confirmation_required', 'Please confirm first that it is you.');
}
