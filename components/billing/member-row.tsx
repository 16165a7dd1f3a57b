'use client';

import { type SubmitEvent, useState } from 'react';

import type { Member } from '@/lib/contracts/member';
import { MEMBER_ROLES, type MemberRole } from '@/lib/domain/member-role';

import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Time } from '../ui/time';
import { RoleField } from './role-field';

type MemberRowProps = {
  member: Member;
  /** None where the reader may not. */
  onChangeRole: ((role: MemberRole) => void) | undefined;
  onRemove: (() => void) | undefined;
  isChanging: boolean;
};

export function MemberRow({ member, onChangeRole, onRemove, isChanging }: MemberRowProps) {
  const [choosing, setChoosing] = useState(false);
  const { email, name, role, isYou, memberSince, lastSignedInAt } = member;
  const who = name ?? email;

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get('role');
    const wanted = MEMBER_ROLES.find((one) => one === chosen);
    setChoosing(false);
    if (wanted !== undefined && wanted !== role) onChangeRole?.(wanted);
  };

  return (
    <li className="border-t px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-[min(100%,14rem)] flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
            <span className="min-w-0 wrap-anywhere">{who}</span>
            <Badge>{role}</Badge>
            {isYou && <Badge>You</Badge>}
          </p>
          {name !== null && <p className="text-13 wrap-anywhere text-ink-2">{email}</p>}
          <p className="text-13 text-ink-3">
            Member since <Time instant={memberSince} />
            {lastSignedInAt === null ? (
              ', never signed in'
            ) : (
              <>
                , last signed in <Time instant={lastSignedInAt} relative />
              </>
            )}
          </p>
        </div>
        {onChangeRole !== undefined && !choosing && (
          <Button
            size="sm"
            aria-label={`Change the role of ${who}`}
            pending={isChanging}
            pendingLabel="Changing…"
            onClick={() => setChoosing(true)}
          >
            Change role
          </Button>
        )}
        {onRemove !== undefined && (
          <Button size="sm" aria-label={isYou ? 'Leave the account' : `Remove ${who}`} onClick={onRemove}>
            {isYou ? 'Leave' : 'Remove'}
          </Button>
        )}
      </div>
      {choosing && (
        <form aria-label={`Role of ${who}`} onSubmit={save} className="mt-3 grid max-w-form gap-3">
          <RoleField name="role" defaultValue={role} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" size="sm">
              Save the role
            </Button>
            <Button size="sm" onClick={() => setChoosing(false)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}
