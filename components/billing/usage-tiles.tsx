'use client';

import type { Usage } from '@/lib/contracts/usage';
import type { UsageForecast } from '@/lib/contracts/usage-summary';
import { daysFrom } from '@/lib/domain/local-date';

import { Card } from '../ui/card';
import { Figure } from '../ui/figure';
import { durationText } from '../ui/time-text';
import { useCreditWords } from './credit-unit';
import { changeText } from './usage-text';

type UsageTilesProps = { usage: Usage; forecast: UsageForecast };

export function UsageTiles({ usage, forecast }: UsageTilesProps) {
  const words = useCreditWords();
  const { totals, before, change, from, to } = usage;
  const { spent, used, returned, count, average, durationMs } = totals;
  const length = daysFrom(from, to);
  const earlier = length === 1 ? 'the day before' : `the ${length} days before`;
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <Tile
        title="Spent"
        shown={words.figure(spent)}
        exact={words.exactFigure(spent)}
        lines={[
          returned === 0n
            ? words.unitOf(spent)
            : `${words.figure(used)} used, ${words.figure(returned)} given back`,
          change === null
            ? `Nothing was used in ${earlier}`
            : `${changeText(change)} used against ${earlier}`,
        ]}
      />
      <Tile
        title="Charges"
        shown={count.toLocaleString('en-US')}
        lines={[
          `${before.count.toLocaleString('en-US')} in ${earlier}`,
          ...(durationMs === 0 ? [] : [`${durationText(durationMs)} of work`]),
        ]}
      />
      <Tile
        title="Average per use"
        shown={average === null ? '–' : words.figure(average)}
        exact={average === null ? '–' : words.exactFigure(average)}
        lines={[average === null ? 'No charges' : `${words.unitOf(average)} a charge`]}
      />
      <MonthTile forecast={forecast} />
    </div>
  );
}

function MonthTile({ forecast: { forecast, soFar } }: { forecast: UsageForecast }) {
  const words = useCreditWords();
  const spent = `${words.figure(soFar)} spent so far`;
  if (forecast.kind === 'none')
    return (
      <Tile title="This month" shown="–" lines={[spent, 'A forecast needs seven whole days of usage']} />
    );
  const { likely, low, high } = forecast;
  return (
    <Tile
      title="This month, at this pace"
      shown={words.figure(likely)}
      exact={words.exactFigure(likely)}
      lines={[spent, `Between ${words.figure(low)} and ${words.figure(high)}, as the last weeks went`]}
    />
  );
}

type TileProps = { title: string; shown: string; exact?: string; lines: readonly string[] };

function Tile({ title, shown, exact = shown, lines }: TileProps) {
  return (
    <Card title={title}>
      <p>
        <Figure shown={shown} exact={exact} className="text-28 font-semibold text-ink" />
      </p>
      {lines.map((line) => (
        <p key={line} className="mt-1 text-13 text-ink-2">
          {line}
        </p>
      ))}
    </Card>
  );
}
