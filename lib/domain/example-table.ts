import type { PriceBook } from './price-book';
import { fieldsOf } from './price-fields';

const EXAMPLES: Readonly<Partial<Record<string, string>>> = {
  seconds: '180',
  characters: '1500',
  max_minutes: '10',
  input_tokens: '20000',
  output_tokens: '1500',
};

/** A small table of work that this book has prices for, as a file would hold it. */
export function exampleTable({ services }: PriceBook): string {
  const works = Object.entries(services).slice(0, 3);
  const columns = [...new Set(works.flatMap(([, { price }]) => fieldsOf(price).map(({ column }) => column)))];
  const lines = works.map(([name, { price }]) => {
    const fields = fieldsOf(price);
    const cells = columns.map((column) => {
      const field = fields.find((candidate) => candidate.column === column);
      return field === undefined ? '' : (field.choices?.[0] ?? EXAMPLES[column] ?? '');
    });
    return [name, ...cells].join(',');
  });
  return [['service', ...columns].join(','), ...lines].join('\n');
}
