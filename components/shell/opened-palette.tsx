'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useDeferredValue, useState } from 'react';

import { searchedText } from '@/lib/domain/searched-text';
import { searchQuery } from '@/lib/queries/search';

import { NAV_ITEMS } from './nav-items';

const PAGES = [
  ...NAV_ITEMS.map(({ href, label }) => ({ href, label })),
  { href: '/docs/api', label: 'API reference' },
];
const item =
  'flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 rounded-sm px-2 py-1.5 text-14 text-ink data-[selected=true]:bg-hover';
const group =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-3';

/** A field, and what fits what is typed into it; arrows choose, Enter goes there. */
export function OpenedPalette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const { data: found, isError } = useQuery(searchQuery(useDeferredValue(typed)));
  const pages = PAGES.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const goTo = (href: string) => {
    onClose();
    // A document is no page of ours: the browser is led to it.
    if (href.startsWith('/api/')) window.location.assign(href);
    else router.push(href);
  };
  const results = searchedText(typed) === null ? undefined : found;
  const count =
    pages.length +
    (results === undefined ? 0 : results.invoices.length + results.keys.length + results.operations.length);

  return (
    <Dialog.Root defaultOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="floats fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-form -translate-x-1/2 overflow-hidden rounded-card bg-raised shadow-float"
        >
          <Dialog.Title className="sr-only">Find</Dialog.Title>
          <Command label="Find" shouldFilter={false} loop>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="A page, an invoice’s number, a key, a reference"
              className="h-12 w-full border-b bg-transparent px-4 text-16 text-ink outline-none placeholder:text-ink-3"
            />
            <output className="sr-only">{count === 1 ? '1 found' : `${count} found`}</output>
            <Command.List label="What was found" className="max-h-80 overflow-y-auto p-2">
              {count === 0 && (
                <p className="px-2 py-6 text-center text-14 text-ink-2">
                  {isError ? 'Nothing could be looked up just now. Try again in a moment.' : NOTHING}
                </p>
              )}
              <Section heading="Pages" isEmpty={pages.length === 0}>
                {pages.map(({ href, label }) => (
                  <Command.Item key={href} value={href} onSelect={goTo} className={item}>
                    {label}
                  </Command.Item>
                ))}
              </Section>
              <Section heading="Invoices" isEmpty={results === undefined || results.invoices.length === 0}>
                {results?.invoices.map(({ id, number }) => (
                  <Command.Item
                    key={id}
                    value={`/api/invoices/${id}/pdf`}
                    onSelect={() => goTo(`/api/invoices/${id}/pdf`)}
                    className={item}
                  >
                    {number} <span className="text-13 text-ink-3">PDF</span>
                  </Command.Item>
                ))}
              </Section>
              <Section heading="API keys" isEmpty={results === undefined || results.keys.length === 0}>
                {results?.keys.map(({ id, name, prefix }) => (
                  <Command.Item key={id} value={id} onSelect={() => goTo('/settings')} className={item}>
                    {name} <span className="font-mono text-12 text-ink-2">{prefix}…</span>
                  </Command.Item>
                ))}
              </Section>
              <Section heading="Work" isEmpty={results === undefined || results.operations.length === 0}>
                {results?.operations.map(({ reference, service }) => (
                  <Command.Item
                    key={reference}
                    value={`work ${reference}`}
                    onSelect={() => goTo(`/activity?${new URLSearchParams({ sought: reference })}`)}
                    className={item}
                  >
                    <span className="min-w-0 wrap-anywhere">{reference}</span>
                    <span className="text-13 text-ink-3">{service}</span>
                  </Command.Item>
                ))}
              </Section>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const NOTHING =
  'Nothing fits. Invoices are found by the beginning of their number, work by its whole reference.';

type SectionProps = { heading: string; isEmpty: boolean; children: ReactNode };

const Section = ({ heading, isEmpty, children }: SectionProps) =>
  isEmpty ? null : (
    <Command.Group heading={heading} className={group}>
      {children}
    </Command.Group>
  );
