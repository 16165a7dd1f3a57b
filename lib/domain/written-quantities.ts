import type { Calculation } from './calculation';
import type { Quantities } from './work';

/** Quantities as JSON carries them: what was given, whole numbers as digits. */
export function writtenQuantities(quantities: Quantities): Calculation['inputs'] {
  const given = Object.entries(quantities).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'object' ? value : `${value}`]),
  );
}

/** The quantities that were written so. */
export const quantitiesOf = (written: Calculation['inputs']): Quantities =>
  Object.fromEntries(
    Object.entries(written).map(([name, value]) => [
      name,
      name === 'model' || typeof value !== 'string' ? value : BigInt(value),
    ]),
  );
