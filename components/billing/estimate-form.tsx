'use client';

import { useState } from 'react';

import type { PricedService, PriceField } from '@/lib/contracts/price-list';

import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { FilterForm } from '../ui/filter-form';
import { SelectField } from '../ui/select-field';

type Asked = Readonly<Partial<Record<string, string | undefined>>>;
type EstimateFormProps = {
  services: readonly PricedService[];
  /** What the address holds. */
  asked: Asked;
};

/** One piece of work, as the address keeps it: an estimate can be sent to somebody. */
export function EstimateForm({ services, asked }: EstimateFormProps) {
  const [name, setName] = useState(asked['service'] ?? services[0]?.name ?? '');
  const service = services.find((offered) => offered.name === name) ?? services[0];
  if (service === undefined) return null;
  return (
    <FilterForm path="/prices" label="One job">
      <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label="Service"
          name="service"
          value={service.name}
          onChange={({ target }) => setName(target.value)}
        >
          {services.map((offered) => (
            <option key={offered.name} value={offered.name}>
              {offered.title}
            </option>
          ))}
        </SelectField>
        {service.fields.map((field) => (
          <WorkField key={`${service.name} ${field.column}`} field={field} asked={asked} />
        ))}
        <Button type="submit" className="h-10 sm:h-9">
          Estimate
        </Button>
      </div>
    </FilterForm>
  );
}

function WorkField({ field: { column, label, choices }, asked }: { field: PriceField; asked: Asked }) {
  const given = asked[column] ?? '';
  if (choices === null)
    return <Field label={label} name={column} inputMode="decimal" defaultValue={given} required />;
  if (column !== 'features')
    return (
      <SelectField label={label} name={column} defaultValue={given === '' ? choices[0] : given}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </SelectField>
    );
  const chosen = new Set(given.split(/[;\s]+/));
  return (
    <fieldset className="grid gap-1 text-13 text-ink">
      <legend className="mb-1.5 font-medium">{label}</legend>
      {choices.map((choice) => (
        <label key={choice} className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            name={column}
            value={choice}
            defaultChecked={chosen.has(choice)}
            className="size-4 accent-accent"
          />
          {choice}
        </label>
      ))}
    </fieldset>
  );
}
