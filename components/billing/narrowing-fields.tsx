'use client';

import type { UsageChoices } from '@/lib/contracts/usage-choices';

import { SelectField } from '../ui/select-field';
import { NONE_NAMED } from './usage-address';
import { keyText } from './usage-text';

type NarrowingFieldsProps = {
  /** What the address says now. */
  asked: URLSearchParams;
  choices: Pick<UsageChoices, 'services' | 'apiKeys'>;
};

/** Only one service, only one API key. Several, which a link may ask for, stay chosen. */
export function NarrowingFields({ asked, choices: { services, apiKeys } }: NarrowingFieldsProps) {
  const [service, key] = [asked.get('services') ?? '', asked.get('apiKeyIds') ?? ''];
  const isListed = ['', NONE_NAMED, ...services].includes(service);
  const isKey = ['', NONE_NAMED, ...apiKeys.map(({ id }) => id)].includes(key);
  return (
    <>
      <SelectField label="Service" name="services" defaultValue={service}>
        <option value="">All services</option>
        {services.map((name) => (
          <option key={name} value={name ?? NONE_NAMED}>
            {name ?? 'No service named'}
          </option>
        ))}
        {!isListed && <option value={service}>{service.split(',').join(', ')}</option>}
      </SelectField>
      <SelectField label="API key" name="apiKeyIds" defaultValue={key}>
        <option value="">All keys</option>
        {apiKeys.map(({ id }) => (
          <option key={id} value={id}>
            {keyText(id, apiKeys)}
          </option>
        ))}
        <option value={NONE_NAMED}>No API key</option>
        {!isKey && <option value={key}>{key.split(',').length} keys</option>}
      </SelectField>
    </>
  );
}
