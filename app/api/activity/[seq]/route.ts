import { EntryProof, EntryProofQuery } from '@/lib/contracts/entry-proof';
import { read } from '@/lib/http/route';
import { readEntryProof } from '@/lib/views/entry-proof';

export const GET = read({ may: 'look', input: EntryProofQuery, answer: EntryProof, run: readEntryProof });
