'use client';

import Link from 'next/link';

import { concernsOf, type LedgerHealth } from '@/lib/domain/ledger-health';

import { useCreditWords } from '../billing/credit-unit';
import { Attention } from '../ui/attention';
import { Card } from '../ui/card';
import { Fact, Facts } from '../ui/facts';
import { Time } from '../ui/time';
import { Line, Lines } from './lines';

/** What has to be looked at first, and the figures behind it. */
export function LedgerHealthCards({ health }: { health: LedgerHealth }) {
  const concerns = concernsOf(health);
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        {concerns.length === 0 && (
          <Attention tone="info">Nothing needs anybody, as far as this page can see.</Attention>
        )}
        {concerns.map((sentence) => (
          <Attention key={sentence} tone="warn">
            {sentence}
          </Attention>
        ))}
      </div>
      <Figures health={health} />
      <Findings findings={health.findings} />
      <Lines title="Frozen accounts" none="No account is frozen.">
        {health.frozen.map(({ accountId, name, frozenAt, because }) => (
          <Line key={accountId.toString()} at={frozenAt}>
            <Link className="link" href={`/staff/accounts/${accountId}`} prefetch={false}>
              {name} · {accountId.toString()}
            </Link>
            : {because ?? 'no reason was written down'}
          </Line>
        ))}
      </Lines>
      <Lines title="Jobs that were given up" none="No job was given up.">
        {health.givenUp.map(({ name, lastError, runAt }) => (
          <Line key={`${name} ${runAt.toISOString()}`} at={runAt}>
            {name}: {lastError ?? 'it did not say why'}
          </Line>
        ))}
      </Lines>
    </div>
  );
}

function Figures({ health: { asOf, accounts, outbox, inbox, workers, ...audit } }: { health: LedgerHealth }) {
  return (
    <Card
      title="Figures"
      aside={
        <span className="text-12 text-ink-3">
          As of <Time instant={asOf} />
        </span>
      }
    >
      <Facts>
        <Fact name="Accounts">
          {accounts.toLocaleString('en-US')}, {audit.neverVerified.toLocaleString('en-US')} not verified yet
        </Fact>
        <Fact name="Last verified">
          <Moment at={audit.lastVerifiedAt} />; the oldest <Moment at={audit.oldestVerifiedAt} />
        </Fact>
        <Fact name="Stripe’s events">
          {inbox.unhandled.toLocaleString('en-US')} wait, the oldest since <Moment at={inbox.oldestAt} />; the
          last came <Moment at={inbox.lastReceivedAt} />; Stripe’s list is read up to{' '}
          <Moment at={inbox.caughtUpTo} />
        </Fact>
        <Fact name="Outbox">
          {outbox.unsent.toLocaleString('en-US')} wait, the oldest since <Moment at={outbox.oldestAt} />
        </Fact>
        <Fact name="Workers">
          {workers.alive.toLocaleString('en-US')}, last seen <Moment at={workers.lastSeenAt} />
        </Fact>
      </Facts>
    </Card>
  );
}

const Moment = ({ at }: { at: Date | null }) => (at === null ? '–' : <Time instant={at} />);

/** A finding about a purchase leads to where its money is, and to its repair. */
function Findings({ findings }: Pick<LedgerHealth, 'findings'>) {
  const words = useCreditWords();
  return (
    <Lines title="What does not agree" none="Stripe, the ledger and our rows agree.">
      {findings.map((finding) => (
        <Line key={`${finding.class} ${finding.subject}`} at={finding.foundAt}>
          {finding.class}: {finding.detail} Would enter {words.delta(finding.entry)}.{' '}
          <Link
            className="link"
            href={`/staff/money?sought=${encodeURIComponent(finding.subject)}`}
            prefetch={false}
          >
            {finding.subject}
          </Link>
        </Line>
      ))}
    </Lines>
  );
}
