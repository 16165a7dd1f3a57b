import { type ComponentProps, useId } from 'react';

type FieldProps = Omit<ComponentProps<'input'>, 'id'> & {
  label: string;
  help?: string;
  /** Stands in place of the help, and says what to do. */
  error?: string | undefined;
};

export function Field({ label, help, error, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? help;
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="text-13 font-medium text-ink">
        {label}
      </label>
      <input
        id={id}
        className="h-10 w-full min-w-0 rounded-control border border-line-strong bg-card px-3 text-16 text-ink transition-colors placeholder:text-ink-3 hover:border-ink-3 aria-invalid:border-bad sm:h-9 sm:text-14"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...input}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? 'text-13 text-ink-3' : 'text-13 text-bad'}>
          {note}
        </p>
      )}
    </div>
  );
}
