'use client';

import type { ActivityShown } from '@/lib/contracts/activity';
import { ENTRY_KINDS } from '@/lib/domain/entry';

import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Field } from '../ui/field';
import { FilterForm } from '../ui/filter-form';
import { SelectField } from '../ui/select-field';
import { TimeZoneField } from '../ui/time-zone-field';
import { useAccountPlace } from './account-place';
import { entryWord } from './entry-word';
import { NarrowingFields } from './narrowing-fields';

type ActivityFiltersProps = { search: string } & Pick<ActivityShown, 'timeZone' | 'choices'>;

/** Which lines. The address holds it all, so that back and forward keep it. */
export function ActivityFilters({ search, timeZone, choices }: ActivityFiltersProps) {
  const { at } = useAccountPlace();
  const asked = new URLSearchParams(search);
  const said = (name: string) => asked.get(name) ?? '';
  const kinds = said('kinds');
  const isKind = ['', ...ENTRY_KINDS].includes(kinds);
  const isNarrowed = [...asked.keys()].some((name) => name !== 'before');
  return (
    <section aria-label="What is shown" className="rounded-card border bg-card p-4 sm:px-6">
      <FilterForm path={at('/activity')} label="Filters">
        {/* What is typed stays in a field, so that another address makes other fields. */}
        <div key={search} className="grid grid-cols-2 items-end gap-3 md:grid-cols-4">
          <div className="col-span-2">
            <Field
              label="Reference, request, invoice or line"
              type="search"
              name="sought"
              defaultValue={said('sought')}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <SelectField label="Kind" name="kinds" defaultValue={kinds}>
            <option value="">All kinds</option>
            {ENTRY_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {entryWord(kind)}
              </option>
            ))}
            {!isKind && <option value={kinds}>{kindsText(kinds)}</option>}
          </SelectField>
          <NarrowingFields asked={asked} choices={choices} />
          <Field label="First day" type="date" name="from" defaultValue={said('from')} />
          <Field label="Last day" type="date" name="to" defaultValue={said('to')} />
          <TimeZoneField name="timeZone" label="Time zone" timeZone={timeZone} />
          <Field
            label="At least"
            name="least"
            inputMode="decimal"
            pattern="\d+([.]\d+)?"
            title="An amount of credits, such as 14 or 0.5"
            defaultValue={said('least')}
          />
          <Field
            label="At most"
            name="most"
            inputMode="decimal"
            pattern="\d+([.]\d+)?"
            title="An amount of credits, such as 14 or 0.5"
            defaultValue={said('most')}
          />
          <Button type="submit" className="h-10 sm:h-9">
            Show
          </Button>
          {isNarrowed && (
            <ButtonLink href={at('/activity')} className="h-10 sm:h-9">
              Show everything
            </ButtonLink>
          )}
        </div>
      </FilterForm>
    </section>
  );
}

const kindsText = (kinds: string) =>
  ENTRY_KINDS.filter((kind) => kinds.split(',').includes(kind))
    .map(entryWord)
    .join(', ');
