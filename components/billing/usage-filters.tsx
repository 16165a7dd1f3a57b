'use client';

import Link from 'next/link';

import type { UsageOfDaysQuery } from '@/lib/contracts/usage';
import { USAGE_PRESETS } from '@/lib/domain/usage';

import { ButtonLink } from '../ui/button-link';
import { useClock } from '../ui/use-clock';

const address = (days: number, timeZone: string) =>
  `/usage?${new URLSearchParams({ days: `${days}`, timeZone })}`;

/** Which days, and whose midnight ends them. The address holds both, so that back and forward keep them. */
export function UsageFilters({ days, timeZone }: UsageOfDaysQuery) {
  const { timeZone: own } = useClock();
  const other = timeZone === own ? 'UTC' : own;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <nav aria-label="Days shown" className="flex gap-2">
        {USAGE_PRESETS.map((preset) => (
          <ButtonLink
            key={preset}
            size="sm"
            scroll={false}
            href={address(preset, timeZone)}
            aria-current={preset === days ? 'true' : undefined}
            className="aria-[current=true]:border-accent aria-[current=true]:bg-accent-tint aria-[current=true]:text-accent-ink"
          >
            {preset} days
          </ButtonLink>
        ))}
      </nav>
      <p className="text-13 text-ink-2">
        Days in {timeZone}
        {other !== timeZone && (
          <>
            {' · '}
            <Link className="link" scroll={false} href={address(days, other)}>
              Show in {other}
            </Link>
          </>
        )}
      </p>
    </div>
  );
}
