import { randomInt, randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { hashOfCode } from '@/lib/auth/code-hash';
import { hashPassword } from '@/lib/auth/password';
import { seal } from '@/lib/db/sealed';
import type { StaffRole } from '@/lib/domain/staff-role';

import { one, rows } from './database';

const PASSWORD = 'correct horse battery staple';
let hash: Promise<string> | undefined;

/** One of the company's own people. */
export class Colleague {
  readonly password = PASSWORD;

  private constructor(
    readonly email: string,
    readonly userId: string,
  ) {}

  static async create(role: StaffRole): Promise<Colleague> {
    hash ??= hashPassword(PASSWORD);
    const email = `${role}-${randomUUID()}@staff.example`;
    const { id } = await one<{ id: string }>(
      'INSERT INTO users (email, password_hash, staff_role) VALUES ($1, $2, $3::staff_role) RETURNING id',
      [email, await hash, role],
    );
    // Of an app that nobody has; the backup codes below are what they sign in with.
    await rows(
      `INSERT INTO authenticators (user_id, sealed_secret, created_at, confirmed_at) VALUES ($1, $2, now(), now())`,
      [id, seal('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', { purpose: 'totp-secret', of: id })],
    );
    return new Colleague(email, id);
  }

  /** The first factor. */
  async givesPassword(page: Page): Promise<void> {
    await page.goto('/sign-in');
    await page.getByText('Use a password instead').click();
    const form = page.getByRole('form', { name: 'Sign in with a password' });
    await form.getByLabel('Email').fill(this.email);
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Sign in' }).click();
  }

  async signsIn(page: Page): Promise<void> {
    await this.givesPassword(page);
    await page.getByLabel('Code', { exact: true }).fill(await this.#newBackupCode());
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
  }

  /** Shows once more who they are. */
  async confirms(page: Page): Promise<void> {
    await page.getByLabel('Code', { exact: true }).fill(await this.#newBackupCode());
    await page.getByRole('button', { name: 'Confirm' }).click();
  }

  async #newBackupCode(): Promise<string> {
    const code = `${randomInt(10 ** 9)}`.padStart(10, '2').replaceAll(/[01]/g, '2');
    await rows('INSERT INTO backup_codes (user_id, code_hash) VALUES ($1, $2)', [
      this.userId,
      hashOfCode('backup', this.userId, code),
    ]);
    return code;
  }

  /** What the audit log says of them, the oldest first. */
  lines() {
    return rows<{ action: string; account_id: string | null; object: string | null; reason: string | null }>(
      'SELECT action, account_id, object, reason FROM audit_log WHERE user_id = $1 ORDER BY id',
      [this.userId],
    );
  }
}
