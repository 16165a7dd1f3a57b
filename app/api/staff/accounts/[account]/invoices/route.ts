import { InvoicePage, InvoiceQuery } from '@/lib/contracts/invoice';
import { staffRead } from '@/lib/http/staff-route';
import { readInvoices } from '@/lib/views/invoices';

export const GET = staffRead({
  page: 'invoices',
  input: InvoiceQuery,
  answer: InvoicePage,
  run: readInvoices,
});
