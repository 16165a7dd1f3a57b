'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

export type StackedBar = {
  label: string;
  /** One for each of the series, from the bottom. */
  values: number[];
  /** What the values are in words; null for those that are not worth a line. */
  texts: (string | null)[];
};

type StackedBarsProps = {
  label: string;
  series: readonly string[];
  bars: StackedBar[];
  /** A value of the axis, in words. */
  tickText: (value: number) => string;
};

/**
 * One bar for each time, at most seven series in it. Fills its parent, which gives the height. The arrow keys go from bar
 * to bar, and what the pointer would show is said.
 */
export function StackedBars({ label, series, bars, tickText }: StackedBarsProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 1, height: 1 }}>
      <BarChart
        data={bars}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        aria-label={label}
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          interval="equidistantPreserveStart"
          minTickGap={24}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
        />
        <YAxis
          width="auto"
          tickCount={5}
          tickLine={false}
          axisLine={false}
          tickFormatter={tickText}
          tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={<BarTable series={series} />}
        />
        {series.map((name, index) => (
          <Bar
            key={name}
            name={name}
            dataKey={({ values }: StackedBar) => values[index]}
            stackId="all"
            fill={`var(--series-${index + 1})`}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

type BarTableProps = {
  series: readonly string[];
  /** Given by the tooltip that shows this. */
  active?: boolean;
  payload?: readonly { payload?: StackedBar }[];
};

function BarTable({ series, active = false, payload }: BarTableProps) {
  const bar = payload?.[0]?.payload;
  if (!active || bar === undefined) return null;
  return (
    <output className="block rounded-control bg-raised px-3 py-2 text-12 text-ink shadow-float">
      <p className="font-medium">{bar.label}</p>
      {bar.texts.every((text) => text === null) && <p className="text-ink-2">Nothing was used</p>}
      {series.map(
        (name, index) =>
          bar.texts[index] !== null && (
            <p key={name} className="flex justify-between gap-4 tabular-nums">
              <span className="text-ink-2">{name}</span> {bar.texts[index]}
            </p>
          ),
      )}
    </output>
  );
}
