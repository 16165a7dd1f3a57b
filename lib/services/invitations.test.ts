import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { findPending, invitationLink } from '@/lib/db/invitations';
import { sendInvitation } from '@/lib/jobs/send-invitation';
import { readInvitationOfLink, readInvitationsTo } from '@/lib/views/invitation-of-link';
import { readInvitations } from '@/lib/views/invitations';
import { ledgerOfProcess } from '@/test/access/ledger-of-process';
import { joins, newPerson, type Person, rolesOf } from '@/test/access/people';
import { queued } from '@/test/database/queued';

import { acceptInvitation } from './accept-invitation';
import { inviteMember } from './invite-member';
import { revokeInvitation } from './revoke-invitation';
import { sendInvitationAgain } from './send-invitation-again';

const ledger = await ledgerOfProcess();

const NOW = new Date('2026-11-22T12:00:00.500Z');
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const anOwner = async () => ({ ...(await joins(ledger, await ledger.newAccount(), 'owner')), now: NOW });
type Owner = Awaited<ReturnType<typeof anOwner>>;

const linkOf = async ({ accountId }: Owner, id: string) => {
  const pending = await findPending(ledger.db, { accountId, id });
  return pending === null ? '' : invitationLink(pending);
};
/** Somebody is invited: the person, the invitation, and the link of its mail. */
async function invited(owner: Owner, person?: Person) {
  const { email, userId } = person ?? (await newPerson(ledger));
  const { id } = await inviteMember(owner, { email, role: 'developer' });
  return { email, userId, id, link: await linkOf(owner, id) };
}
const accepts = ({ userId }: { userId: string }, link: string, now = NOW) =>
  acceptInvitation({ db: ledger.db, now, userId, sessionId: randomUUID() }, { link });

describe('an invitation', () => {
  test('makes whoever accepts it a member in its role, and is listed until then', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    expect((await readInvitations(owner)).invitations).toMatchObject([
      { email: grace.email, role: 'developer', invitedBy: owner.email, isExpired: false },
    ]);
    await accepts(grace, grace.link);
    expect((await rolesOf(ledger, owner.accountId)).get(grace.userId)).toBe('developer');
    expect((await readInvitations(owner)).invitations).toEqual([]);
  });

  test('is written to one address in any spelling, and works for nobody else', async () => {
    const owner = await anOwner();
    const grace = await newPerson(ledger);
    const { id } = await inviteMember(owner, { email: ` ${grace.email.toUpperCase()} `, role: 'viewer' });
    const link = await linkOf(owner, id);
    const eve = await newPerson(ledger);
    await expect(accepts(eve, link)).rejects.toMatchObject({ code: 'forbidden' });
    await accepts(grace, link);
    expect([...(await rolesOf(ledger, owner.accountId)).keys()]).not.toContain(eve.userId);
  });

  test('works once, however many press at once', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => accepts(grace, grace.link)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await ledger.asOwner('DELETE FROM members WHERE user_id = $1', [grace.userId]);
    await expect(accepts(grace, grace.link)).rejects.toMatchObject({ code: 'not_found' });
    expect((await rolesOf(ledger, owner.accountId)).size).toBe(1);
  });

  test('is accepted or revoked, and never both', async () => {
    const owner = await anOwner();
    for (let round = 0; round < 10; round += 1) {
      const grace = await invited(owner);
      const outcomes = await Promise.allSettled([
        accepts(grace, grace.link),
        revokeInvitation(owner, { id: grace.id }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const isMember = (await rolesOf(ledger, owner.accountId)).has(grace.userId);
      expect(isMember).toBe(outcomes[0]?.status === 'fulfilled');
    }
  });

  test('ends after seven days, and with the next one that is sent', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    await expect(accepts(grace, grace.link, days(7))).rejects.toMatchObject({ code: 'not_found' });
    await sendInvitationAgain({ ...owner, now: days(3) }, { id: grace.id });
    await expect(accepts(grace, grace.link, days(3))).rejects.toMatchObject({ code: 'not_found' });
    await accepts(grace, await linkOf(owner, grace.id), days(9));
    expect((await rolesOf(ledger, owner.accountId)).has(grace.userId)).toBe(true);
  });

  test('that is sent again within the same second has another link, and the one before opens nothing', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    await sendInvitationAgain(owner, { id: grace.id });
    await expect(accepts(grace, grace.link)).rejects.toMatchObject({ code: 'not_found' });
    await accepts(grace, await linkOf(owner, grace.id));
  });

  test('that was revoked opens nothing, and is neither sent nor revoked again', async () => {
    const owner = await anOwner();
    const { id, link, ...grace } = await invited(owner);
    await revokeInvitation(owner, { id });
    await expect(accepts(grace, link)).rejects.toMatchObject({ code: 'not_found' });
    for (const deed of [sendInvitationAgain, revokeInvitation])
      await expect(deed(owner, { id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of another account is not found, and no link but ours is', async () => {
    const grace = await invited(await anOwner());
    const stranger = await anOwner();
    for (const deed of [sendInvitationAgain, revokeInvitation])
      await expect(deed(stranger, { id: grace.id })).rejects.toMatchObject({ code: 'not_found' });
    const forged = `${grace.link.slice(0, -1)}${grace.link.endsWith('A') ? 'B' : 'A'}`;
    for (const link of [forged, '', '1-2-3-4'])
      await expect(accepts(grace, link)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('inviting', () => {
  test('the same address twice at once is one invitation; one that expired makes way', async () => {
    const owner = await anOwner();
    const { email } = await newPerson(ledger);
    const invite = (now = NOW) => inviteMember({ ...owner, now }, { email, role: 'viewer' });
    const outcomes = await Promise.allSettled([invite(), invite(), invite()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(invite(days(6))).rejects.toMatchObject({ code: 'conflict' });
    await invite(days(8));
    expect((await readInvitations(owner)).invitations).toHaveLength(1);
  });

  test('a member says so; whether anybody else is known here is not told', async () => {
    const owner = await anOwner();
    const member = await joins(ledger, owner.accountId, 'viewer');
    await expect(inviteMember(owner, { email: member.email, role: 'owner' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const known = await inviteMember(owner, { email: (await anOwner()).email, role: 'viewer' });
    const unknown = await inviteMember(owner, { email: `${randomUUID()}@example.com`, role: 'viewer' });
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
  });

  test('one address gets five mails a day, from however many accounts', async () => {
    const { email } = await newPerson(ledger);
    const fill = async () => inviteMember(await anOwner(), { email, role: 'viewer' });
    for (let mail = 0; mail < 5; mail += 1) await fill();
    await expect(fill()).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('whoever opens the link', () => {
  test.each(['signed-out', 'someone-else', 'open', 'member-already'] as const)('is %s', async (standing) => {
    const owner = await anOwner();
    const grace = await invited(owner);
    const reader = {
      'signed-out': null,
      'someone-else': { email: 'eve@example.com', accountIds: [] },
      open: { email: grace.email, accountIds: [] },
      'member-already': { email: grace.email, accountIds: [owner.accountId] },
    }[standing];
    const read = await readInvitationOfLink({ db: ledger.db, now: NOW }, { link: grace.link, reader });
    expect(read).toMatchObject({
      standing,
      invitation: { accountName: 'Acme', role: 'developer', invitedBy: owner.email, email: grace.email },
    });
    expect((await readInvitations(owner)).invitations).toHaveLength(1);
  });

  test('a member already keeps the role that they have', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    await joins(ledger, owner.accountId, 'billing', grace);
    await accepts(grace, grace.link);
    expect((await rolesOf(ledger, owner.accountId)).get(grace.userId)).toBe('billing');
  });

  test('or signs in before it, finds what awaits them, and nobody else does', async () => {
    const owner = await anOwner();
    const grace = await invited(owner);
    const ctx = { db: ledger.db, now: NOW };
    expect(await readInvitationsTo(ctx, grace.email)).toEqual([{ accountName: 'Acme', link: grace.link }]);
    expect(await readInvitationsTo(ctx, 'eve@example.com')).toEqual([]);
    expect(await readInvitationsTo({ ...ctx, now: days(8) }, grace.email)).toEqual([]);
  });
});

test('each sending is one mail, and none goes out for what is over or was sent again', async () => {
  const owner = await anOwner();
  const { id } = await invited(owner);
  await sendInvitationAgain({ ...owner, now: days(1) }, { id });
  type Job = { accountId: string; id: string; sentAt: string };
  const [first, second] = await queued<Job>(ledger, 'send-invitation', owner.accountId);
  const send = (job: Job | undefined) => job && sendInvitation(owner, job);
  // Nobody takes mail here: what is sent fails loudly.
  await send(first);
  await expect(send(second)).rejects.toThrow(/ECONNREFUSED/);
  await revokeInvitation(owner, { id });
  await send(second);
});

test('the database itself lets nothing reopen what has ended', async () => {
  const owner = await anOwner();
  const { id } = await invited(owner);
  await revokeInvitation(owner, { id });
  await expect(
    ledger.asOwner('UPDATE invitations SET revoked_at = NULL WHERE id = $1', [id]),
  ).rejects.toMatchObject({ code: '23001' });
});
