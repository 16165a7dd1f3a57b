import { Badge } from '../ui/badge';
import { type Field, FieldList } from './field-list';

export type OperationProps = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  scope: string | null;
  parameters: Field[];
  body: Field[];
  example: string | null;
  status: string;
  answer: Field[];
};

/** One operation: what it is for, what it takes with an example, and what it answers. */
export function Operation(props: OperationProps) {
  const { id, method, path, summary, description, scope, parameters, body, example, status, answer } = props;
  return (
    <article aria-labelledby={id} className="min-w-0 rounded-card border bg-card p-4 sm:p-6">
      <h3 id={id} className="scroll-mt-6 text-16 font-semibold text-ink">
        {summary}
      </h3>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="font-mono text-13 break-all text-ink">
          <span className="font-semibold">{method}</span> /v1{path}
        </code>
        {scope !== null && <Badge>{scope}</Badge>}
      </p>
      {description !== null && <p className="mt-2 max-w-read text-14 text-ink-2">{description}</p>}
      <FieldList title="Parameters" fields={parameters} />
      <FieldList title="Body" fields={body} />
      {example !== null && (
        <figure className="mt-4">
          <figcaption className="text-12 font-medium text-ink-3">Example</figcaption>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls sideways must be reachable by keyboard.
            tabIndex={0}
            className="mt-1 overflow-x-auto rounded-card bg-sunken p-3 font-mono text-13 text-ink"
          >
            {example}
          </pre>
        </figure>
      )}
      <FieldList title={`Answers ${status}`} fields={answer} />
    </article>
  );
}
