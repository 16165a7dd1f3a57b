import { Button } from '../ui/button';
import { Field } from '../ui/field';

/** One field for anything: what it is, its shape tells. */
export const StaffSearchForm = ({ sought }: { sought: string }) => (
  <form action="/staff" aria-label="Search" className="flex flex-wrap items-end gap-3">
    <div className="min-w-[min(100%,20rem)] flex-1">
      <Field
        label="What the customer sent"
        type="search"
        name="sought"
        key={sought}
        defaultValue={sought}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        help="E-mail, account, name; pi_, in_, cs_, ch_, cus_, re_, cn_; a receipt’s or invoice’s number; a reference; an API key’s beginning; “4242 50.00 2026-11-20”; “account 7 req_…”."
      />
    </div>
    <div className="pb-6">
      <Button type="submit" variant="primary">
        Search
      </Button>
    </div>
  </form>
);
