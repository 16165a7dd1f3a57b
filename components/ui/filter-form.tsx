'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent, ReactNode } from 'react';

type FilterFormProps = { path: string; label: string; children: ReactNode };

/** A form whose answers become the page's address: without a script the browser does it, with one only what was filled in. */
export function FilterForm({ path, label, children }: FilterFormProps) {
  const router = useRouter();
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    );
    router.push(`${path}?${new URLSearchParams(filled)}`, { scroll: false });
  };
  return (
    <form action={path} aria-label={label} onSubmit={show}>
      {children}
    </form>
  );
}
