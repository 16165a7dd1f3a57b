export const STAFF_ROLES = ['support', 'finance', 'admin'] as const;
/** What one of the company's own people may do. */
export type StaffRole = (typeof STAFF_ROLES)[number];
