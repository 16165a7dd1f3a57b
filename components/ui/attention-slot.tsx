'use client';

import { createContext, type ReactNode, use } from 'react';

const Strips = createContext<ReactNode>(undefined);

type AttentionProviderProps = { strips: ReactNode; children: ReactNode };

/** Carries what needs the reader from the shell, which knows it, to below the title, which the page knows. */
export function AttentionProvider({ strips, children }: AttentionProviderProps) {
  return <Strips value={strips}>{children}</Strips>;
}

export function AttentionSlot() {
  const strips = use(Strips);
  if (strips === undefined || strips === null) return null;
  return <div className="mt-4 grid w-full gap-2 empty:hidden">{strips}</div>;
}
