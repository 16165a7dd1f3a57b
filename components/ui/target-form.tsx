import type { ReactNode } from 'react';

/** Where a form goes, as the browser itself would send it: no script is needed. */
export type FormTarget = {
  action: string | ((form: FormData) => void | Promise<void>);
  method?: 'get' | 'post';
  /** Sent along unseen: a CSRF token, the page to return to. */
  hidden?: Readonly<Record<string, string>>;
};

type TargetFormProps = { target: FormTarget; label?: string; className?: string; children: ReactNode };

export function TargetForm({ target, label, className, children }: TargetFormProps) {
  const method = typeof target.action === 'string' ? (target.method ?? 'post') : undefined;
  return (
    <form action={target.action} method={method} aria-label={label} className={className}>
      {Object.entries(target.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
