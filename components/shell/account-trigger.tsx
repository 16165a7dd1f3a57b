import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import type { ComponentProps } from 'react';

type AccountTriggerProps = ComponentProps<'button'> & { accountName: string; email: string };

export function AccountTrigger({ accountName, email, ...rest }: AccountTriggerProps) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      className="flex w-full items-center gap-2 rounded-control p-2 text-left transition-colors hover:bg-hover"
      {...rest}
    >
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-control bg-accent-tint text-14 font-semibold text-accent-ink"
      >
        {accountName.slice(0, 1).toUpperCase()}
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate text-14 font-medium text-ink">{accountName}</span>
        <span className="block truncate text-12 text-ink-3">{email}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" />
    </button>
  );
}
