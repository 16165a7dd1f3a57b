import { CreditNoteById } from '@/lib/contracts/invoice';
import { sendTo } from '@/lib/http/route';
import { openCreditNote } from '@/lib/services/open-document';

export const GET = sendTo({ input: CreditNoteById, run: openCreditNote });
