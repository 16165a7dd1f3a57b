import { Button } from '../ui/button';
import { Field } from '../ui/field';

type StaffSearchFormProps = {
  /** The page that shows what was found. */
  action: string;
  /** What the form is for, and what its button says. */
  label: string;
  button: string;
  field: string;
  /** What may be typed. */
  help: string;
  sought: string;
};

/** One field for anything that a customer may send: what it is, its shape tells. */
export const StaffSearchForm = ({ action, label, button, field, help, sought }: StaffSearchFormProps) => (
  <form action={action} aria-label={label} className="flex flex-wrap items-end gap-3">
    <div className="min-w-[min(100%,20rem)] flex-1">
      <Field
        label={field}
        type="search"
        name="sought"
        key={sought}
        defaultValue={sought}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        help={help}
      />
    </div>
    <div className="pb-6">
      <Button type="submit" variant="primary">
        {button}
      </Button>
    </div>
  </form>
);
