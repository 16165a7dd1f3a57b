import { Button } from '../ui/button';
import { Field } from '../ui/field';

/** What the customer has of the payment. */
export const MoneySearchForm = ({ sought }: { sought: string }) => (
  <form action="/staff/money" aria-label="Where is the money" className="flex flex-wrap items-end gap-3">
    <div className="min-w-[min(100%,20rem)] flex-1">
      <Field
        label="Payment, invoice, receipt or purchase"
        type="search"
        name="sought"
        key={sought}
        defaultValue={sought}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        help="pi_, ch_, in_, cs_, the number on an invoice or receipt, a purchase’s id, or “4242 50.00 2026-11-20”."
      />
    </div>
    <div className="pb-6">
      <Button type="submit" variant="primary">
        Find the money
      </Button>
    </div>
  </form>
);
