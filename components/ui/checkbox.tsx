import { useId } from 'react';

type CheckboxProps = {
  label: string;
  help: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** A wish of its own, with what follows from it said below. */
export function Checkbox({ label, help, checked, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        aria-describedby={`${id}-help`}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-14 font-medium text-ink">
          {label}
        </label>
        <p id={`${id}-help`} className="text-13 text-ink-2">
          {help}
        </p>
      </div>
    </div>
  );
}
