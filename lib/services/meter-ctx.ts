import type { AccountCtx } from '@/lib/db/context';
import type { Charge, Charged } from '@/lib/db/ledger/charge';
import type { KeptMetadata } from '@/lib/db/ledger/entry';
import type { Work } from '@/lib/domain/work';

/** A caller who reports work: their account, their key, and how this process charges. */
export type MeterCtx = AccountCtx & {
  apiKeyId: string | null;
  requestId: string;
  charge: (asked: Charge) => Promise<Charged>;
};

export type Metadata = Readonly<Record<string, string>>;

/** Work as it was asked for: under which reference, and by exactly which request. */
export type WorkAsked = { reference: string; hash: Buffer; work: Work; metadata: Metadata };

export const keptMetadata = ({ requestId }: MeterCtx, given: Metadata): KeptMetadata => ({
  request_id: requestId,
  given,
});
