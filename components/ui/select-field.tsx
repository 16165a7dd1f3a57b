import { type ComponentProps, useId } from 'react';

type SelectFieldProps = Omit<ComponentProps<'select'>, 'id'> & { label: string };

/** One of several, chosen as the reader's own system does it. */
export function SelectField({ label, children, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="text-13 font-medium text-ink">
        {label}
      </label>
      <select
        id={id}
        className="h-10 w-full min-w-0 rounded-control border border-line-strong bg-card px-2 text-16 text-ink transition-colors hover:border-ink-3 sm:h-9 sm:text-14"
        {...select}
      >
        {children}
      </select>
    </div>
  );
}
