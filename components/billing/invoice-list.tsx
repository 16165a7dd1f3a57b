'use client';

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';

import { RequestFailed } from '@/lib/queries/http';
import { invoicesQuery } from '@/lib/queries/invoices';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { BuyLink } from './buy-link';
import { InvoiceTable } from './invoice-table';

export function InvoiceList() {
  const list = useSuspenseInfiniteQuery(invoicesQuery);
  const invoices = list.data.pages.flatMap((page) => page.invoices);
  const { error, isFetchNextPageError } = list;

  return (
    <Card flush title="All invoices" aside={<span className="text-12 text-ink-3">Newest first</span>}>
      {invoices.length === 0 ? <NoInvoices /> : <InvoiceTable invoices={invoices} />}
      {isFetchNextPageError && (
        <div className="px-4 pt-3 sm:px-6">
          <Attention tone="bad" role="alert">
            Older invoices could not be loaded{error instanceof RequestFailed && `: ${error.message}`}
          </Attention>
        </div>
      )}
      {list.hasNextPage && (
        <div className="flex justify-center border-t px-4 pt-3 pb-1">
          <Button
            size="sm"
            pending={list.isFetchingNextPage}
            pendingLabel="Loading…"
            onClick={() => void list.fetchNextPage()}
          >
            Load older
          </Button>
        </div>
      )}
    </Card>
  );
}

function NoInvoices() {
  return (
    <EmptyState
      title="No invoices yet"
      line="Every purchase will stand here with its invoice, its receipt, and its PDF to keep."
      action={<BuyLink look="primary">Choose a package</BuyLink>}
    />
  );
}
