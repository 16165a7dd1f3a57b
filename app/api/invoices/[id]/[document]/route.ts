import { InvoiceDocumentOf } from '@/lib/contracts/invoice';
import { sendTo } from '@/lib/http/route';
import { openInvoiceDocument } from '@/lib/services/open-document';

export const GET = sendTo({ input: InvoiceDocumentOf, run: openInvoiceDocument });
