import type { Card } from '@/lib/contracts/card';

import { Badge } from '../ui/badge';
import { Button } from '../ui/button';

const FUNDING: Readonly<Record<string, string>> = { credit: 'Credit', debit: 'Debit', prepaid: 'Prepaid' };
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

type CardRowProps = {
  card: Card;
  onMakeDefault: () => void;
  onUpdate: () => void;
  onRemove: () => void;
  /** What was pressed is under way. */
  busy: boolean;
};

export function CardRow({ card, onMakeDefault, onUpdate, onRemove, busy }: CardRowProps) {
  const { name, expiry, isDefault, isUsedByAutoTopUp, timesSaved } = card;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-t px-4 py-4 sm:px-6">
      <div className="min-w-[min(100%,14rem)] flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
          <span className="tabular-nums">{name}</span>
          {isDefault && <Badge>Default</Badge>}
          {isUsedByAutoTopUp && <Badge>Used by auto top-up</Badge>}
        </p>
        <p className="mt-0.5 text-13 text-ink-2 tabular-nums">{factsOf(card)}</p>
        {timesSaved > 1 && (
          <p className="text-13 text-ink-3">
            This card was saved {timesSaved} times. It is one card, listed once.
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {isDefault && expiry !== 'good' && (
          <Button size="sm" aria-label={`Update ${name}`} onClick={onUpdate} pending={busy}>
            Update
          </Button>
        )}
        {!isDefault && expiry !== 'expired' && (
          <Button size="sm" aria-label={`Make ${name} the default`} onClick={onMakeDefault} pending={busy}>
            Make default
          </Button>
        )}
        <Button size="sm" aria-label={`Remove ${name}`} onClick={onRemove} pending={busy}>
          Remove
        </Button>
      </div>
    </li>
  );
}

const EXPIRES = { good: 'Expires', soon: 'Expires soon,', expired: 'Expired' } as const;

function factsOf({ expiry, expires, funding, country }: Card) {
  const known = [
    FUNDING[funding] ?? null,
    country === null ? null : `issued in ${countries.of(country) ?? country}`,
  ].filter((fact) => fact !== null);
  return (
    <>
      <span className={expiry === 'good' ? undefined : 'font-medium text-warn'}>
        {EXPIRES[expiry]} {expires}
      </span>
      {known.map((fact) => ` · ${fact}`)}
    </>
  );
}
