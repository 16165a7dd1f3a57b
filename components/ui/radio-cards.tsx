'use client';

import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

type RadioCardsProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; body: ReactNode }[];
};

/** One choice of a few that are worth comparing. */
export function RadioCards({ label, value, onChange, options }: RadioCardsProps) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={onChange}
      className="grid gap-2 sm:grid-cols-2"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="group flex items-start gap-3 rounded-card border bg-card p-4 text-left transition-colors hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-tint data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
        >
          <span
            aria-hidden
            className="mt-1.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-card group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent"
          >
            <span className="hidden size-1.5 rounded-full bg-on-accent group-data-[state=checked]:block" />
          </span>
          <span className="min-w-0 grow">{option.body}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
