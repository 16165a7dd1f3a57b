import { expect, test } from 'vitest';

import { MEMBER_ROLES } from '@/lib/domain/member-role';
import { ledgerOfProcess } from '@/test/access/ledger-of-process';
import { joins } from '@/test/access/people';

import { readAutoTopUpOfMember } from './auto-top-up-of-member';

const ledger = await ledgerOfProcess();

test('who agreed to the rule, and from where, is for those who may agree to it', async () => {
  const owner = await joins(ledger, await ledger.newAccount(), 'owner');
  await ledger.asOwner(
    `SELECT version FROM ledger.set_auto_top_up_rule(
       $1, false, 500000000, 'target', 5000000000, NULL, 10000, NULL, $2, NULL, '203.0.113.7', 'A browser', 'A text.')`,
    [owner.accountId, owner.userId],
  );
  for (const role of MEMBER_ROLES) {
    const { rule, consents } = await readAutoTopUpOfMember({ ...owner, role });
    expect(rule, role).not.toBeNull();
    const told = ['owner', 'billing'].includes(role) ? ['203.0.113.7'] : [];
    expect(
      consents.map(({ ipAddress }) => ipAddress),
      role,
    ).toEqual(told);
  }
});
