import { useId } from 'react';

import type { CreateApiKey } from '@/lib/contracts/api-key';

const MEANING: Record<CreateApiKey['scopes'][number], string> = {
  read: 'see balances, usage and the ledger',
  meter: 'report work that costs credits',
  billing: 'buy credits and spend money',
};

type ScopeBoxesProps = { mayGive: CreateApiKey['scopes']; error: string | undefined };

/** What a key may do; reading and reporting are chosen from the start, spending never is. */
export function ScopeBoxes({ mayGive, error }: ScopeBoxesProps) {
  const noteId = useId();
  return (
    <fieldset className="grid gap-2" aria-describedby={error === undefined ? undefined : noteId}>
      <legend className="mb-1.5 text-13 font-medium text-ink">The key may</legend>
      {mayGive.map((scope) => (
        <label key={scope} className="flex items-baseline gap-2 text-14 text-ink">
          <input
            type="checkbox"
            name="scopes"
            value={scope}
            defaultChecked={scope !== 'billing'}
            className="accent-accent"
          />
          <span>
            {scope} <span className="text-ink-2">– {MEANING[scope]}</span>
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p id={noteId} className="text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
