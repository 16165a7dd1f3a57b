import type { StaffRole } from './staff-role';

const MINUTE_MS = 60_000;
const STAFF_IDLE_MS = 30 * MINUTE_MS;
const STAFF_LONGEST_MS = 12 * 60 * MINUTE_MS;

export type SessionLife = { createdAt: Date; lastSeenAt: Date; expiresAt: Date };

/** Whether a sign-in session is over. One of staff sees every account, and ends after half an hour of nothing or twelve hours of anything. */
export function isSessionOver(
  { createdAt, lastSeenAt, expiresAt }: SessionLife,
  staffRole: StaffRole | null,
  now: Date,
): boolean {
  if (expiresAt <= now) return true;
  if (staffRole === null) return false;
  const since = (moment: Date) => now.getTime() - moment.getTime();
  return since(lastSeenAt) >= STAFF_IDLE_MS || since(createdAt) >= STAFF_LONGEST_MS;
}
