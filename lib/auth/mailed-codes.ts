import { randomInt } from 'node:crypto';

import sql from 'sql-template-tag';

import { database } from '@/lib/db/database';
import { codeMail } from '@/lib/email/code-mail';
import { sendMail } from '@/lib/email/send-mail';

import { hashOfCode } from './code-hash';
import { refuseTooManyMails } from './sign-in-limits';

const GOOD_FOR_MINUTES = 10;
const DIGITS = 6;

type Of = { sessionId: string; email: string };

/** Mails a code that is good for one session, once, for ten minutes; it takes the place of the one before. */
export async function sendCode({ sessionId, email }: Of, now: Date): Promise<void> {
  await refuseTooManyMails(email);
  const code = `${randomInt(10 ** DIGITS)}`.padStart(DIGITS, '0');
  const expiresAt = new Date(now.getTime() + GOOD_FOR_MINUTES * 60_000);
  const hash = hashOfCode('mailed', sessionId, code);
  await database().query(sql`
    INSERT INTO mailed_codes (session_id, code_hash, expires_at) VALUES (${sessionId}, ${hash}, ${expiresAt})
    ON CONFLICT (session_id) DO UPDATE SET code_hash = EXCLUDED.code_hash, expires_at = EXCLUDED.expires_at`);
  await sendMail(await codeMail({ to: email, code, sessionId, at: now, minutes: GOOD_FOR_MINUTES }));
}

/** Whether it is the one that was mailed for this session; it is used now. */
export async function spendMailedCode(sessionId: string, code: string, now: Date): Promise<boolean> {
  const hash = hashOfCode('mailed', sessionId, code.replaceAll(/\s/g, ''));
  const spent = await database().query(sql`
    DELETE FROM mailed_codes WHERE session_id = ${sessionId} AND code_hash = ${hash} AND expires_at > ${now}
    RETURNING session_id`);
  return spent.length > 0;
}
