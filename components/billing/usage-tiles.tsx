'use client';

import type { Usage } from '@/lib/contracts/usage';

import { Card } from '../ui/card';
import { Figure } from '../ui/figure';
import { useCreditWords } from './credit-unit';
import { changeText } from './usage-text';

export function UsageTiles({ usage }: { usage: Usage }) {
  const words = useCreditWords();
  const { totals, before, change, periods } = usage;
  const { spent, used, returned, count, average } = totals;
  const days = `${periods.length} days before`;
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <Tile
        title="Spent"
        shown={words.figure(spent)}
        exact={words.exactFigure(spent)}
        line={
          returned === 0n
            ? words.unitOf(spent)
            : `${words.figure(used)} used, ${words.figure(returned)} given back`
        }
      />
      <Tile
        title="Charges"
        shown={count.toLocaleString('en-US')}
        line={`${before.count.toLocaleString('en-US')} in the ${days}`}
      />
      <Tile
        title="Average charge"
        shown={average === null ? '–' : words.figure(average)}
        exact={average === null ? '–' : words.exactFigure(average)}
        line={average === null ? 'No charges' : `${words.unitOf(average)} a charge`}
      />
      <Tile
        title="Change"
        shown={changeText(change)}
        line={change === null ? `Nothing was used in the ${days}` : `of what was used, against the ${days}`}
      />
    </div>
  );
}

type TileProps = { title: string; shown: string; exact?: string; line: string };

function Tile({ title, shown, exact = shown, line }: TileProps) {
  return (
    <Card title={title}>
      <p>
        <Figure shown={shown} exact={exact} className="text-28 font-semibold text-ink" />
      </p>
      <p className="mt-1 text-13 text-ink-2">{line}</p>
    </Card>
  );
}
