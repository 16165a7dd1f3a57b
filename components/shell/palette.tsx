'use client';

import Search from 'lucide-react/icons/search';
import { lazy, Suspense, useEffect, useState } from 'react';

const loadPalette = async () => ({ default: (await import('./opened-palette')).OpenedPalette });
const OpenedPalette = lazy(loadPalette);

/** Finds pages, invoices, keys and work by ⌘K or Ctrl K; its code is fetched when it is first wanted. */
export function Palette() {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.repeat) return;
      event.preventDefault();
      setIsOpen((was) => !was);
    };
    window.addEventListener('keydown', open);
    return () => window.removeEventListener('keydown', open);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        aria-haspopup="dialog"
        onPointerEnter={() => void loadPalette()}
        onFocus={() => void loadPalette()}
        onClick={() => setIsOpen(true)}
        className="mt-3 flex h-9 w-full items-center gap-2.5 rounded-control border px-2.5 text-14 text-ink-2 transition-colors hover:bg-hover hover:text-ink"
      >
        <Search aria-hidden className="size-4 shrink-0" strokeWidth={1.9} />
        <span className="grow text-left">Find</span>
        <kbd aria-hidden className="font-sans text-12 text-ink-3">
          Ctrl K
        </kbd>
      </button>
      <Suspense>{isOpen && <OpenedPalette onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
