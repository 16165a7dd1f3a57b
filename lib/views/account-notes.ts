import { listNotes } from '@/lib/db/account-notes';
import type { StaffAccountCtx } from '@/lib/db/context';
import type { Note } from '@/lib/domain/staff-account';

/** What staff wrote down about an account, the latest first. */
export const readNotes = ({ db, accountId }: StaffAccountCtx): Promise<Note[]> => listNotes(db, accountId);
