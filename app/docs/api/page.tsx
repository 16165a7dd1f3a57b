import Link from 'next/link';

import { Operation } from '@/components/api-reference/operation';
import { apiReference } from '@/lib/api/reference';

export const metadata = { title: 'API reference' };

/** For everyone: the API is no secret, what it does for whom is. */
export default function ApiReferencePage() {
  const { groups, errors } = apiReference();
  return (
    <main className="mx-auto max-w-page px-4 py-10 sm:px-6">
      <h1 className="text-20 font-semibold text-ink">API reference</h1>
      <p className="mt-1 max-w-read text-14 text-ink-2">
        Charge work, ask what it costs, look at what was used. Send your key as{' '}
        <code className="font-mono text-13">Authorization: Bearer cof_live_…</code>. Amounts are decimal
        strings. What moves credits takes an <code className="font-mono text-13">Idempotency-Key</code>: the
        same key and body have the same answer. The same in{' '}
        <Link className="link" href="/v1/openapi.json" prefetch={false}>
          OpenAPI 3.1
        </Link>
        .
      </p>
      <nav aria-label="Operations" className="mt-6 rounded-card border bg-card p-4 sm:p-6">
        {groups.map(({ tag, operations }) => (
          <section key={tag} className="not-first:mt-4">
            <h2 className="text-12 font-medium text-ink-3">{tag}</h2>
            <ul className="mt-1 grid gap-1 sm:grid-cols-2">
              {operations.map(({ id, summary }) => (
                <li key={id}>
                  <a className="link text-14" href={`#${id}`}>
                    {summary}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      {groups.map(({ tag, operations }) => (
        <section key={tag} className="mt-10">
          <h2 className="mb-4 text-16 font-semibold text-ink">{tag}</h2>
          <div className="grid gap-6">
            {operations.map((operation) => (
              <Operation key={operation.id} {...operation} />
            ))}
          </div>
        </section>
      ))}
      <section className="mt-10">
        <h2 className="text-16 font-semibold text-ink">Refusals</h2>
        <p className="mt-1 max-w-read text-14 text-ink-2">
          Every refusal says its code, a sentence, the field that is wrong where there is one, and the id of
          the request.
        </p>
        <ul className="mt-3 grid gap-1 sm:grid-cols-2">
          {errors.map(({ code, status }) => (
            <li key={code} className="text-13 text-ink-2">
              <code className="font-mono text-ink">{code}</code> {status}
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
