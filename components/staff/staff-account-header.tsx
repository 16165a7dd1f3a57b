import { Attention } from '../ui/attention';
import { Time } from '../ui/time';
import { StaffAccountTabs } from './staff-account-tabs';

type StaffAccountHeaderProps = {
  accountId: string;
  name: string;
  createdAt: Date;
  frozenAt: Date | null;
  frozenBecause: string | null;
};

/** Says on every page whose account is looked at, that it is only looked at, and that the look is remembered. */
export function StaffAccountHeader({
  accountId,
  name,
  createdAt,
  frozenAt,
  frozenBecause,
}: StaffAccountHeaderProps) {
  return (
    <div className="mb-6 grid gap-3">
      <Attention tone="info">
        You look at <strong className="font-semibold">{name}</strong>, account {accountId}, opened{' '}
        <Time instant={createdAt} />. Its pages are as its customer sees them, and read only. That you looked
        is in the audit log.
      </Attention>
      {frozenAt !== null && (
        <Attention tone="bad">
          Frozen since <Time instant={frozenAt} />: {frozenBecause ?? 'no reason was written down'}. Nothing
          moves in this account.
        </Attention>
      )}
      <StaffAccountTabs accountId={accountId} />
    </div>
  );
}
