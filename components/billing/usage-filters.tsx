'use client';

import Link from 'next/link';

import type { UsagePage } from '@/lib/contracts/usage-page';
import { USAGE_GRAINS, USAGE_PRESETS } from '@/lib/domain/usage';

import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Field } from '../ui/field';
import { FilterForm } from '../ui/filter-form';
import { SelectField } from '../ui/select-field';
import { TimeZoneField } from '../ui/time-zone-field';
import { useClock } from '../ui/use-clock';
import { useAccountPlace } from './account-place';
import { NarrowingFields } from './narrowing-fields';
import { usageAddress } from './usage-address';

const GRAIN_WORDS = { hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months' };

type UsageFiltersProps = { search: string } & Pick<
  UsagePage,
  'from' | 'to' | 'timeZone' | 'grain' | 'choices'
>;

/** Which days, whose midnight ends them, and by what. The address holds it all, so that back and forward keep it. */
export function UsageFilters({ search, from, to, timeZone, grain, choices }: UsageFiltersProps) {
  const { at } = useAccountPlace();
  const asked = new URLSearchParams(search);
  const by = asked.get('by') ?? 'service';
  const metadataKeys = new Set([
    ...choices.metadataKeys,
    ...(by.startsWith('metadata:') ? [by.slice('metadata:'.length)] : []),
  ]);
  return (
    <section aria-label="What is shown" className="grid gap-4 rounded-card border bg-card p-4 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Presets search={search} />
        <Zone search={search} timeZone={timeZone} />
      </div>
      <FilterForm path={at('/usage')} label="Filters">
        {/* What is typed stays in a field, so that another address makes other fields. */}
        <div key={`${search} ${from}`} className="grid grid-cols-2 items-end gap-3 md:grid-cols-4">
          <Field label="First day" type="date" name="from" defaultValue={from} required />
          <Field label="Last day" type="date" name="to" defaultValue={to} required />
          <SelectField label="Split by" name="by" defaultValue={by}>
            <option value="service">Service</option>
            <option value="key">API key</option>
            <option value="member">Member</option>
            {metadataKeys.size > 0 && (
              <optgroup label="Metadata">
                {[...metadataKeys].map((key) => (
                  <option key={key} value={`metadata:${key}`}>
                    {key}
                  </option>
                ))}
              </optgroup>
            )}
          </SelectField>
          <SelectField label="In" name="grain" defaultValue={grain}>
            {USAGE_GRAINS.map((name) => (
              <option key={name} value={name}>
                {GRAIN_WORDS[name]}
              </option>
            ))}
          </SelectField>
          <NarrowingFields asked={asked} choices={choices} />
          <TimeZoneField name="timeZone" label="Time zone" timeZone={timeZone} />
          <Button type="submit" className="h-10 sm:h-9">
            Show
          </Button>
        </div>
      </FilterForm>
    </section>
  );
}

function Presets({ search }: { search: string }) {
  const { at } = useAccountPlace();
  const asked = new URLSearchParams(search);
  const chosen = asked.has('from') ? null : (asked.get('days') ?? '30');
  return (
    <nav aria-label="Days shown" className="flex flex-wrap gap-2">
      {USAGE_PRESETS.map((preset) => (
        <ButtonLink
          key={preset}
          size="sm"
          scroll={false}
          href={at(
            usageAddress(search, {
              days: `${preset}`,
              from: null,
              to: null,
              // Hours of so many days are too many.
              ...(preset > 31 && asked.get('grain') === 'hour' ? { grain: null } : {}),
            }),
          )}
          aria-current={`${preset}` === chosen ? 'true' : undefined}
          className="aria-[current=true]:border-accent aria-[current=true]:bg-accent-tint aria-[current=true]:text-accent-ink"
        >
          {preset} days
        </ButtonLink>
      ))}
    </nav>
  );
}

function Zone({ search, timeZone }: { search: string; timeZone: string }) {
  const { at } = useAccountPlace();
  const { timeZone: own } = useClock();
  return (
    <p className="text-13 text-ink-2">
      Days in {timeZone}
      {own !== timeZone && (
        <>
          {' · '}
          <Link className="link" scroll={false} href={at(usageAddress(search, { timeZone: own }))}>
            Show in {own}
          </Link>
        </>
      )}
    </p>
  );
}
