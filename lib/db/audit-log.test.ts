import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { staffIn } from '@/test/staff/staff';

import { keepAuditLine, listAuditLines, keepReading } from './audit-log';
import { inTransaction } from './database';

const ledger = await ledgerOfFile();
const joan = await staffIn(ledger, 'support');

const linesAbout = (object: string) => listAuditLines(ledger.db, { object }, 10);

test('a line says who did what from where, to whose what, and why', async () => {
  const accountId = await ledger.newAccount();
  const object = randomUUID();
  const line = {
    action: 'do-action',
    accountId,
    object,
    reason: 'Ticket 7',
    before: { frozen: null },
    after: { frozen: 'yes' },
  } as const;
  await keepAuditLine(ledger.db, joan, line);
  expect(await linesAbout(object)).toEqual([
    {
      ...line,
      id: expect.any(BigInt),
      at: expect.any(Date),
      email: joan.staff.email,
      role: 'support',
      ipAddress: '192.0.2.7',
    },
  ]);
});

test('what is undone leaves no line that it was done', async () => {
  const object = randomUUID();
  const undone = inTransaction(ledger.db, async (tx) => {
    await keepAuditLine(tx, joan, { action: 'do-action', object });
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await linesAbout(object)).toEqual([]);
});

test('a page that refreshes while staff read it is one line, and each person has their own', async () => {
  const accountId = await ledger.newAccount();
  const hedy = await staffIn(ledger, 'finance');
  for (const who of [joan, joan, hedy, joan])
    await keepReading(ledger.db, who, { accountId, object: 'overview' });
  await keepReading(ledger.db, joan, { accountId, object: 'activity' });
  const lines = await listAuditLines(ledger.db, { accountId }, 10);
  expect(lines.map(({ email, object }) => [email, object])).toEqual([
    [joan.staff.email, 'activity'],
    [hedy.staff.email, 'overview'],
    [joan.staff.email, 'overview'],
  ]);
});

test.each([
  'UPDATE audit_log SET action = action',
  'DELETE FROM audit_log',
  'WITH gone AS (DELETE FROM audit_log RETURNING 1) SELECT count(*) FROM gone',
  'TRUNCATE audit_log',
  'MERGE INTO audit_log t USING audit_log s ON t.id = s.id WHEN MATCHED THEN DELETE',
  'ALTER TABLE audit_log DISABLE TRIGGER ALL',
  'DROP TABLE audit_log',
  `SELECT setval('audit_log_id_seq', 1)`,
])('the web role is refused %s', async (attack) => {
  await keepAuditLine(ledger.db, joan, { action: 'search', object: 'before the attack' });
  await expect(ledger.db.pool.query(attack)).rejects.toThrow(/permission denied|must be owner/);
  expect((await linesAbout('before the attack')).length).toBeGreaterThan(0);
});

test.each(['UPDATE audit_log SET action = action', 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
  'not even the owner gets by with %s',
  async (attack) => {
    await keepAuditLine(ledger.db, joan, { action: 'search', object: 'before the attack' });
    await expect(ledger.asOwner(attack)).rejects.toThrow('append-only');
  },
);

test.each([
  `INSERT INTO users (email, staff_role) VALUES ('mallory@example.com', 'admin')`,
  `UPDATE users SET staff_role = 'admin'`,
  `UPDATE users SET staff_role = NULL WHERE staff_role IS NOT NULL`,
])('the web role makes nobody staff, and nobody a customer: %s', async (attack) => {
  await ledger.asOwner(`INSERT INTO users (email) VALUES ($1)`, [`${randomUUID()}@example.com`]);
  const roles = () => ledger.asOwner('SELECT id, staff_role FROM users ORDER BY id');
  const before = await roles();
  await expect(ledger.db.pool.query(attack)).rejects.toThrow(
    'only the owner of the database makes somebody staff',
  );
  expect(await roles()).toEqual(before);
});
