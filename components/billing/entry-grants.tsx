'use client';

import Link from 'next/link';

import type { EntryProof } from '@/lib/contracts/entry-proof';

import { Card } from '../ui/card';
import { Time } from '../ui/time';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';
import { entryWord } from './entry-word';

/** Which credits it took, gave back or brought. */
export function EntryGrants({ proof: { delta, grants, opened, debt } }: { proof: EntryProof }) {
  const words = useCreditWords();
  const { at } = useAccountPlace();
  const isTaken = delta < 0n;
  return (
    <Card title={isTaken ? 'What paid it' : 'Where the credits went'}>
      <ul className="grid gap-2 text-14 text-ink">
        {opened !== null && (
          <li>
            A grant of {words.said(opened.amount)} that <Ends expiresAt={opened.expiresAt} />
          </li>
        )}
        {grants.map((grant) => (
          <li key={grant.seq}>
            <span className="tabular-nums">{words.said(grant.amount)}</span> {isTaken ? 'from' : 'back to'}{' '}
            the{' '}
            <Link className="link" href={at(`/activity/${grant.seq}`)}>
              {entryWord(grant.kind).toLowerCase()} of line {grant.seq}
            </Link>
            , which <Ends expiresAt={grant.expiresAt} />
          </li>
        ))}
        {debt > 0n && (
          <li>
            {words.said(debt)} {isTaken ? 'left as a debt, which the next credits repay' : 'repaid a debt'}
          </li>
        )}
      </ul>
    </Card>
  );
}

const Ends = ({ expiresAt }: { expiresAt: Date | null }) =>
  expiresAt === null ? (
    'never expires'
  ) : (
    <>
      expires <Time instant={expiresAt} />
    </>
  );
