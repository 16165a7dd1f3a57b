import { EntryProof, EntryProofQuery } from '@/lib/contracts/entry-proof';
import { staffRead } from '@/lib/http/staff-route';
import { readEntryProof } from '@/lib/views/entry-proof';

export const GET = staffRead({
  page: 'activity',
  input: EntryProofQuery,
  answer: EntryProof,
  run: readEntryProof,
});
