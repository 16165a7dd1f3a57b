'use client';

import type { StaffAccount } from '@/lib/domain/staff-account';

import { useCreditWords } from '../billing/credit-unit';
import { entryWord } from '../billing/entry-word';
import { Card } from '../ui/card';
import { Time } from '../ui/time';
import { Line, Lines } from './lines';
import { StaffPayments } from './staff-payments';

/** What only staff see of an account. */
export function BehindAccount(account: StaffAccount) {
  const words = useCreditWords();
  const { members, grants, holds, payments, recoveries, told, jobs, audited } = account;
  return (
    <div className="grid gap-6">
      <Card flush title="Payments">
        <StaffPayments payments={payments} />
      </Card>
      <Lines title="Recoveries" none="No payment needed its customer.">
        {recoveries.map((one) => (
          <Line key={one.topUpId} id={one.topUpId} at={one.openedAt}>
            {one.state}, attempt {one.attempt}
            {one.declineCode !== null && `, ${one.declineCode}`}; link mailed{' '}
            <Time instant={one.linkAskedAt} />
            {one.endedAt !== null && (
              <>
                ; ended <Time instant={one.endedAt} />
              </>
            )}
          </Line>
        ))}
      </Lines>
      <Lines title="Grants that are spent from" none="Nothing is left of any grant.">
        {grants.map((grant) => (
          <Line key={grant.seq.toString()} id={grant.reference} at={grant.createdAt}>
            {entryWord(grant.kind)}, line {grant.seq.toString()}: {words.figure(grant.remaining)} left of{' '}
            {words.withUnit(grant.amount)},{' '}
            {grant.expiresAt === null ? (
              'never expires'
            ) : (
              <>
                until <Time instant={grant.expiresAt} />
              </>
            )}
          </Line>
        ))}
      </Lines>
      <Lines title="Open holds" none="Nothing is held.">
        {holds.map((hold) => (
          <Line key={hold.reference} id={hold.reference} at={hold.createdAt}>
            {words.withUnit(hold.amount)}, let go by itself <Time instant={hold.expiresAt} />
          </Line>
        ))}
      </Lines>
      <Lines title="What its people were told" none="Nothing was mailed that is written down.">
        {told.map(({ what, at }) => (
          <Line key={`${what} ${at.toISOString()}`} at={at}>
            {what}
          </Line>
        ))}
      </Lines>
      <Lines title="Still to be done" none="No job waits for this account.">
        {jobs.map((job) => (
          <Line key={`${job.name} ${job.runAt.toISOString()}`} at={job.runAt}>
            {job.name}, {job.attempts} attempts{job.lastError !== null && `. Last: ${job.lastError}`}
          </Line>
        ))}
      </Lines>
      <Lines title="Members" none="Nobody is a member.">
        {members.map(({ email, role, isDisabled, lastSeenAt }) => (
          <Line key={email} at={lastSeenAt}>
            {email}, {role}
            {isDisabled && ', switched off'}
          </Line>
        ))}
      </Lines>
      <p className="text-13 text-ink-3">
        {audited === null ? (
          'Its ledger was not audited yet.'
        ) : (
          <>
            Its ledger was audited up to line {audited.seq.toString()}, <Time instant={audited.at} />.
          </>
        )}
      </p>
    </div>
  );
}
