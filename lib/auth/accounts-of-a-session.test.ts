import { expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { switchAccount } from '@/lib/services/switch-account';
import { ledgerOfProcess } from '@/test/access/ledger-of-process';
import { joins, newPerson, type Person } from '@/test/access/people';

import { principalOf } from './principal';
import { findLiveSession, openSession } from './sign-in-sessions';

const ledger = await ledgerOfProcess();

const signsIn = ({ userId }: Person) =>
  openSession({ userId, method: 'password', userAgent: '', awaitsCode: false });
async function actsFor(sessionId: string) {
  const session = await findLiveSession(sessionId, new Date());
  return session && principalOf(session);
}
const goesTo = ({ userId }: Person, sessionId: string, accountId: AccountId) =>
  switchAccount({ db: ledger.db, now: new Date(), userId, sessionId }, { account_id: accountId });

/** Somebody with two accounts: owner of the one, viewer of the other. */
async function memberOfTwo() {
  const own = await joins(ledger, await ledger.newAccount(), 'owner');
  const other = await joins(ledger, await ledger.newAccount(), 'viewer', own);
  return { person: own as Person, own: own.accountId, other: other.accountId };
}

test('a session acts for the account that was chosen, with the role of that one', async () => {
  const { person, own, other } = await memberOfTwo();
  const [desk, phone] = [await signsIn(person), await signsIn(person)];
  expect(await actsFor(desk)).toMatchObject({ accountId: own, role: 'owner' });
  await goesTo(person, desk, other);
  expect(await actsFor(desk)).toMatchObject({ accountId: other, role: 'viewer' });
  expect(await actsFor(phone)).toMatchObject({ accountId: own });
});

test('the next sign-in begins where the last one was', async () => {
  const { person, other } = await memberOfTwo();
  await goesTo(person, await signsIn(person), other);
  expect(await actsFor(await signsIn(person))).toMatchObject({ accountId: other });
});

test('whoever is taken out of an account acts for it no more from the next request on', async () => {
  const { person, own, other } = await memberOfTwo();
  const session = await signsIn(person);
  await goesTo(person, session, other);
  await ledger.asOwner('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [other, person.userId]);
  expect(await actsFor(session)).toMatchObject({ accountId: own });
  await joins(ledger, own, 'owner');
  await ledger.asOwner('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [own, person.userId]);
  expect(await actsFor(session)).toBeNull();
});

test('nobody goes to an account that they are no member of, and no session of somebody else is moved', async () => {
  const { person, own, other } = await memberOfTwo();
  const stranger = await joins(ledger, other, 'owner');
  const session = await signsIn(person);
  const strange = await ledger.newAccount();
  await expect(goesTo(person, session, strange)).rejects.toMatchObject({ code: 'not_found' });
  await expect(goesTo(stranger, session, other)).rejects.toMatchObject({ code: 'P2025' });
  expect(await actsFor(session)).toMatchObject({ accountId: own });
});

test('signing in is noted with the person, and a person who is nowhere a member acts for nothing', async () => {
  const person = await newPerson(ledger);
  expect(await actsFor(await signsIn(person))).toBeNull();
  const [row] = await ledger.asOwner<{ known: boolean }>(
    'SELECT last_signed_in_at IS NOT NULL AS known FROM users WHERE id = $1',
    [person.userId],
  );
  expect(row?.known).toBe(true);
});
