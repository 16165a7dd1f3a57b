import sql from 'sql-template-tag';

import { hashPassword } from '@/lib/auth/password';
import { inTransaction, openDatabase, type Tx } from '@/lib/db/database';
import { credit, openAccount } from '@/lib/db/ledger';
import { wholeCredits } from '@/lib/domain/credits';
import type { MemberRole } from '@/lib/domain/member-role';
import type { StaffRole } from '@/lib/domain/staff-role';
import { priceBook } from '@/price-books/price-book';

import { beginningOf, liveTwoMonths, withClock } from './demo-history';

type Person = { email: string; name: string; password: string; role: MemberRole };

/** Who the demo can be signed in as. */
const PEOPLE: readonly Person[] = [
  { email: 'ada@demo.coffer.example', name: 'Ada Lovelace', password: 'demo-ada-coffer', role: 'owner' },
  { email: 'grace@demo.coffer.example', name: 'Grace Hopper', password: 'demo-grace-coffer', role: 'viewer' },
];
type Colleague = Omit<Person, 'role'> & { staffRole: StaffRole };
const STAFF: readonly Colleague[] = [
  {
    email: 'joan@demo.coffer.example',
    name: 'Joan Clarke',
    password: 'demo-joan-coffer',
    staffRole: 'support',
  },
  {
    email: 'hedy@demo.coffer.example',
    name: 'Hedy Lamarr',
    password: 'demo-hedy-coffer',
    staffRole: 'finance',
  },
];
const ACCOUNT = 'Analytical Engines';
const WELCOME = wholeCredits(120n);

/** Fills an empty database with the demo's people and their account; leaves any other as it is. */
async function seed(): Promise<void> {
  // Its past is written with the ledger's clock moved, which is the owner's to do.
  const db = openDatabase(process.env['DATABASE_OWNER_URL'] ?? '');
  try {
    if ((await db.query(sql`SELECT 1 FROM users LIMIT 1`)).length > 0) return;
    const hashes = await Promise.all(PEOPLE.map(({ password }) => hashPassword(password)));

    const now = new Date();
    const hasPast = priceBook().id === 'dubbing';
    await inTransaction(db, (tx) =>
      withClock(tx, async (at) => {
        await at(hasPast ? beginningOf(now) : now);
        const accountId = await openAccount(tx, { name: ACCOUNT, priceBook: priceBook().id });
        const users: string[] = [];
        for (const [index, { email, name, role }] of PEOPLE.entries()) {
          const [user] = await tx.query<{ id: string }>(sql`
            INSERT INTO users (email, name, password_hash, email_verified_at)
            VALUES (${email}, ${name}, ${hashes[index]}, now()) RETURNING id`);
          if (user) users.push(user.id);
          await tx.query(
            sql`INSERT INTO members (account_id, user_id, role) VALUES (${accountId}, ${user?.id}, ${role}::member_role)`,
          );
        }
        for (const colleague of STAFF) await employ(tx, colleague);
        const [userId = ''] = users;
        if (hasPast) await liveTwoMonths(tx, { accountId, userId, now, at });
        await at(now);
        await credit(tx, { accountId, amount: WELCOME, kind: 'bonus', reference: 'Welcome credits' });
      }),
    );
  } finally {
    await db.close();
  }
}

async function employ(tx: Tx, { email, name, password, staffRole }: Colleague): Promise<void> {
  await tx.query(sql`
    INSERT INTO users (email, name, password_hash, email_verified_at, staff_role)
    VALUES (${email}, ${name}, ${await hashPassword(password)}, now(), ${staffRole}::staff_role)`);
}

await seed();
