'use client';

import { type ChangeEvent, useId } from 'react';

import { useEstimateCsv } from '@/lib/queries/estimate-csv';

import { Attention } from '../ui/attention';
import { EstimateResult } from './estimate-result';

type EstimateCsvProps = { mayBuy: boolean; example: string };

/** Many jobs at once: a file that never leaves the estimate. */
export function EstimateCsv({ mayBuy, example }: EstimateCsvProps) {
  const id = useId();
  const estimate = useEstimateCsv();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const csv = await target.files?.[0]?.text();
    // The same file again is another try.
    target.value = '';
    if (csv !== undefined) estimate.mutate({ csv });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        <label htmlFor={id} className="text-13 font-medium text-ink">
          CSV file
        </label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void choose(event)}
          aria-describedby={`${id}-note`}
          className="w-full min-w-0 text-14 text-ink-2 file:mr-3 file:h-9 file:cursor-pointer file:rounded-control file:border file:border-line-strong file:bg-card file:px-3 file:text-14 file:font-medium file:text-ink"
        />
        <p id={`${id}-note`} className="text-13 text-ink-3">
          The first line names the columns; up to 1,000 lines of work follow. Nothing is kept, nothing is
          charged.
        </p>
        <pre className="overflow-x-auto rounded-control bg-sunken p-3 text-12 text-ink-2">{example}</pre>
        <noscript>
          <p className="text-13 text-ink-2">Without a script, ask POST /v1/quotes for the same.</p>
        </noscript>
      </div>
      <div aria-live="polite">
        {estimate.isPending && <p className="text-13 text-ink-3">Working it out…</p>}
        {estimate.isError && (
          <Attention tone="bad" role="alert">
            {estimate.error.message}
          </Attention>
        )}
        {estimate.data !== undefined && <EstimateResult estimate={estimate.data} mayBuy={mayBuy} of="file" />}
      </div>
    </div>
  );
}
