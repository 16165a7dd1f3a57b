'use client';

import type { EntryProof } from '@/lib/contracts/entry-proof';
import { credits } from '@/lib/domain/credits';

import { Attention } from '../ui/attention';
import { Card } from '../ui/card';
import { useCreditWords } from './credit-unit';

const cell = 'py-2 text-right tabular-nums first:pr-4 first:text-left first:wrap-anywhere';

/** How a charge was worked out, worked out again. */
export function EntryArithmetic({ proof: { delta, arithmetic } }: { proof: EntryProof }) {
  const words = useCreditWords();
  const taken = credits(-delta);
  if (arithmetic === null)
    return (
      <Card title={`Why ${words.said(taken)}?`}>
        <p className="max-w-read text-14 text-ink-2">
          The amount came with the charge, as the program that reported it had worked it out. Nothing was
          calculated here.
        </p>
      </Card>
    );

  const { formula, priceBook, steps, amount } = arithmetic;
  return (
    <Card title={`Why ${words.said(taken)}?`}>
      <p className="text-16 font-medium wrap-anywhere text-ink">{formula}</p>
      <table aria-label="Step by step" className="mt-4 w-full text-14">
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Step
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Comes to
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ text, comesTo }) => (
            <tr key={text} className="border-t">
              <td className={cell}>{text}</td>
              <td className={cell}>{comesTo}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="font-medium">
          <tr className="border-t">
            <th scope="row" className={cell}>
              Charged
            </th>
            <td className={cell}>
              {words.exactFigure(taken)} {words.unitOf(taken)}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-3 text-13 text-ink-2">
        At the prices of {priceBook.id}, version {priceBook.version}.
      </p>
      {amount !== taken && (
        <div className="mt-4">
          <Attention tone="warn">
            Worked out again, this comes to {words.exactFigure(amount)}, not to {words.exactFigure(taken)}.
            Please tell us the number of this line.
          </Attention>
        </div>
      )}
    </Card>
  );
}
