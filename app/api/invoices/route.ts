import { InvoicePage, InvoiceQuery } from '@/lib/contracts/invoice';
import { read } from '@/lib/http/route';
import { readInvoices } from '@/lib/views/invoices';

export const GET = read({ may: 'look', input: InvoiceQuery, answer: InvoicePage, run: readInvoices });
