'use client';

import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start font-sans gap-2 rounded-card bg-raised px-4 py-3 text-14 text-ink shadow-float',
          description: 'text-13 text-ink-2',
        },
      }}
    />
  );
}
