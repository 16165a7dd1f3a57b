import { AUDIT_ACTIONS } from '@/lib/domain/audit-line';

import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { SelectField } from '../ui/select-field';
import { auditActionWord } from './audit-action-word';

/** Which lines of the log. The address holds it all. */
export function AuditLogFilters({ search }: { search: string }) {
  const asked = new URLSearchParams(search);
  const said = (name: string) => asked.get(name) ?? '';
  return (
    <form
      action="/staff/audit-log"
      aria-label="Filters"
      className="rounded-card border bg-card p-4 sm:px-6"
      key={search}
    >
      <div className="grid grid-cols-2 items-end gap-3 md:grid-cols-4">
        <Field
          label="Who (e-mail)"
          name="email"
          type="email"
          defaultValue={said('email')}
          autoComplete="off"
        />
        <SelectField label="What" name="action" defaultValue={said('action')}>
          <option value="">Everything</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {auditActionWord(action)}
            </option>
          ))}
        </SelectField>
        <Field
          label="Account"
          name="account"
          inputMode="numeric"
          defaultValue={said('account')}
          autoComplete="off"
        />
        <Field label="About" name="object" defaultValue={said('object')} autoComplete="off" />
        <Field label="First day (UTC)" type="date" name="from" defaultValue={said('from')} />
        <Field label="Last day (UTC)" type="date" name="to" defaultValue={said('to')} />
        <Button type="submit" className="h-10 sm:h-9">
          Show
        </Button>
      </div>
    </form>
  );
}
