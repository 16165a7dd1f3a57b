import type { ApiKey } from '@/lib/contracts/api-key';

import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Time } from '../ui/time';

type ApiKeyRowProps = {
  apiKey: ApiKey;
  /** What may be done to it; nothing by those who may not manage keys. */
  actions: { onRotate: () => void; onRevoke: () => void } | undefined;
};

export function ApiKeyRow({ apiKey, actions }: ApiKeyRowProps) {
  const { name, prefix, scopes, createdAt, lastUsedAt, expiresAt, isExpired } = apiKey;
  return (
    <li className="flex items-center gap-4 border-t px-4 py-3 sm:px-6">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          <span className="font-mono text-12 font-normal text-ink-2">{prefix}…</span>
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </p>
        <p className="mt-0.5 text-13 text-ink-2">
          Created <Time instant={createdAt} />
          {expiresAt !== null && (
            <>
              {isExpired ? ', expired ' : ', expires '}
              <Time instant={expiresAt} />
              {isExpired && '. It is refused.'}
            </>
          )}
        </p>
        <p className="text-13 text-ink-3">
          {lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used <Time instant={lastUsedAt} relative />
            </>
          )}
        </p>
      </div>
      {actions !== undefined && (
        <div className="flex shrink-0 flex-wrap justify-end gap-2">
          {!isExpired && (
            <Button size="sm" aria-label={`Rotate ${name}`} onClick={actions.onRotate}>
              Rotate
            </Button>
          )}
          <Button size="sm" aria-label={`Revoke ${name}`} onClick={actions.onRevoke}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  );
}
