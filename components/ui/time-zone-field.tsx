'use client';

import { useId, useState } from 'react';

import { Field } from './field';

type TimeZoneFieldProps = { name: string; label: string; timeZone: string };

/** A zone by its IANA name; the reader's program offers those that it knows, when they are wanted. */
export function TimeZoneField({ name, label, timeZone }: TimeZoneFieldProps) {
  const listId = useId();
  const [zones, setZones] = useState<readonly string[]>([]);
  return (
    <>
      <Field
        // A field keeps what is typed into it: another zone in the address is another field.
        key={timeZone}
        label={label}
        name={name}
        defaultValue={timeZone}
        list={listId}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => setZones(['UTC', ...Intl.supportedValuesOf('timeZone')])}
      />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}
