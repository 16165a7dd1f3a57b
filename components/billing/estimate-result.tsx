'use client';

import type { ReactNode } from 'react';

import type { Estimate } from '@/lib/contracts/estimate';
import { formatMoney } from '@/lib/domain/format';

import { Attention } from '../ui/attention';
import { ButtonLink } from '../ui/button-link';
import { useCreditWords } from './credit-unit';

const MOST_SHOWN = 100;
const cell = 'py-2 pr-4 text-left align-top last:pr-0 last:text-right';

type EstimateResultProps = {
  estimate: Estimate;
  mayBuy: boolean;
  /** What a line is: the job, or a line of the file. */
  of: 'job' | 'file';
};

/** What work would cost, how that comes about, and whether it is covered; or what has to be mended first. */
export function EstimateResult({ estimate, mayBuy, of }: EstimateResultProps) {
  if (estimate.kind === 'mistakes') return <Mistakes mistakes={estimate.mistakes} of={of} />;
  return (
    <section aria-label={of === 'job' ? 'Estimate' : 'Estimate of the file'} className="grid gap-3">
      <Arithmetic lines={estimate.lines} of={of} />
      <Covered estimate={estimate} mayBuy={mayBuy} />
    </section>
  );
}

type Estimated = Extract<Estimate, { kind: 'estimated' }>;

function Arithmetic({ lines, of }: { lines: Estimated['lines']; of: EstimateResultProps['of'] }) {
  const words = useCreditWords();
  const [only] = lines;
  if (of === 'job') return <p className="text-16 font-medium wrap-anywhere text-ink">{only?.formula}</p>;
  const hidden = lines.length - MOST_SHOWN;
  return (
    <>
      <table aria-label="Line by line" className="w-full text-13 tabular-nums">
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Line
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Service and arithmetic
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              {words.plural}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MOST_SHOWN).map(({ line, service, formula, amount }) => (
            <tr key={line} className="border-t">
              <td className={cell}>{line}</td>
              <td className={cell}>
                <span className="text-ink">{service}</span>
                <span className="block wrap-anywhere text-ink-2">{formula}</span>
              </td>
              <td className={cell}>{words.exactFigure(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && <p className="text-13 text-ink-3">And {hidden} more lines, which the total counts.</p>}
    </>
  );
}

function Covered({ estimate, mayBuy }: { estimate: Estimated; mayBuy: boolean }) {
  const words = useCreditWords();
  const { amount, worth, currency, available, sufficient, shortfall } = estimate;
  const exactly = (units: typeof amount) => `${words.exactFigure(units)} ${words.unitOf(units)}`;
  return (
    <>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 border-t pt-3 text-14 tabular-nums">
        <Sum name="Total">
          {exactly(amount)} <span className="text-ink-2">≈ {formatMoney(worth, currency)}</span>
        </Sum>
        <Sum name="Available">{exactly(available)}</Sum>
        {!sufficient && <Sum name="Missing">{exactly(shortfall)}</Sum>}
      </dl>
      {sufficient ? (
        <p className="text-14 text-good">Your {words.plural} cover it. Nothing was charged.</p>
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-14 text-warn">Your {words.plural} do not cover it. Nothing was charged.</p>
          {mayBuy && (
            <ButtonLink size="sm" href={`/buy?need=${shortfall}`}>
              Buy what is missing
            </ButtonLink>
          )}
        </div>
      )}
    </>
  );
}

function Sum({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="font-medium text-ink">{children}</dd>
    </>
  );
}

type MistakesProps = {
  mistakes: Extract<Estimate, { kind: 'mistakes' }>['mistakes'];
  of: EstimateResultProps['of'];
};

function Mistakes({ mistakes, of }: MistakesProps) {
  if (of === 'job')
    return <Attention tone="bad">{mistakes.map(({ message }) => message).join(' ')}</Attention>;
  const hidden = mistakes.length - MOST_SHOWN;
  return (
    <section aria-label="Mistakes in the file" className="grid gap-2">
      <Attention tone="bad" role="alert">
        Nothing was estimated. Mend these lines and choose the file again.
      </Attention>
      <ul className="grid gap-1 text-13 text-ink-2">
        {mistakes.slice(0, MOST_SHOWN).map(({ line, message }) => (
          <li key={`${line} ${message}`} className="wrap-anywhere">
            <span className="font-medium text-ink">Line {line}:</span> {message}
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="text-13 text-ink-3">And {hidden} more.</p>}
    </section>
  );
}
