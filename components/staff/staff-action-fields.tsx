import { STAFF_ACTIONS, type StaffActionKind } from '@/lib/domain/staff-action';

import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Field } from '../ui/field';
import { SelectField } from '../ui/select-field';
import { staffActionWord } from './staff-action-word';

type Draft = Partial<
  Record<'amount' | 'money' | 'topUp' | 'lasts' | 'expires' | 'reason', string | undefined>
> & {
  kind?: StaffActionKind | undefined;
};
type StaffActionFieldsProps = { path: string; draft: Draft; newId: string; currency: string };

/** What is to be done. It leads to a page that says what that would do, and changes nothing. */
export function StaffActionFields({ path, draft, newId, currency }: StaffActionFieldsProps) {
  return (
    <Card title="Plan an action">
      <form
        action={path}
        aria-label="Plan an action"
        className="grid items-start gap-3 sm:grid-cols-2"
        key={newId}
      >
        <input type="hidden" name="id" value={newId} />
        <input type="hidden" name="currency" value={currency} />
        <SelectField label="What" name="kind" defaultValue={draft.kind}>
          {STAFF_ACTIONS.map((kind) => (
            <option key={kind} value={kind}>
              {staffActionWord(kind)}
            </option>
          ))}
        </SelectField>
        <Field
          label="Credits"
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={draft.amount}
          help="To add, take or grant."
        />
        <Field
          label="Purchase"
          name="topUp"
          autoComplete="off"
          defaultValue={draft.topUp}
          help="Of a refund: the purchase’s id, from “Behind it”."
        />
        <Field
          label="Money back"
          name="money"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={draft.money}
          help="Of a refund: with its tax, such as 12.50."
        />
        <SelectField label="A bonus lasts" name="lasts" defaultValue={draft.lasts}>
          <option value="by-price-book">As the price book says</option>
          <option value="until">Until the last day</option>
          <option value="for-ever">For ever</option>
        </SelectField>
        <Field
          label="Last day (UTC)"
          name="expires"
          type="date"
          defaultValue={draft.expires}
          help="Of a bonus that lasts until then."
        />
        <Field
          label="Reason"
          name="reason"
          required
          minLength={3}
          maxLength={500}
          autoComplete="off"
          defaultValue={draft.reason}
          help="Stands in the audit log; of a refund and a freeze, the customer may read it."
        />
        <div>
          <Button type="submit">Show what it would do</Button>
        </div>
      </form>
    </Card>
  );
}
