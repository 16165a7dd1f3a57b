export type Field = { name: string; type: string; isRequired: boolean; description: string };

/** Fields with their types, a line each. */
export function FieldList({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <section className="mt-4">
      <h4 className="text-12 font-medium text-ink-3">{title}</h4>
      <dl className="mt-1 divide-y border-y">
        {fields.map(({ name, type, isRequired, description }) => (
          <div key={name} className="grid gap-x-4 py-2 sm:grid-cols-[14rem_1fr]">
            <dt className="min-w-0">
              <code className="font-mono text-13 break-all text-ink">{name}</code>
              {isRequired && <span className="ml-2 text-12 text-ink-3">required</span>}
            </dt>
            <dd className="min-w-0 text-13 break-words text-ink-2">
              <span className="font-mono text-12">{type}</span>
              {description !== '' && <span className="block">{description}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
