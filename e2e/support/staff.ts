import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { hashPassword } from '@/lib/auth/password';
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
    return new Colleague(email, id);
  }

  async signsIn(page: Page): Promise<void> {
    await page.goto('/sign-in');
    await page.getByText('Use a password instead').click();
    const form = page.getByRole('form', { name: 'Sign in with a password' });
    await form.getByLabel('Email').fill(this.email);
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
  }

  /** What the audit log says of them, the oldest first. */
  lines() {
    return rows<{ action: string; account_id: string | null; object: string | null; reason: string | null }>(
      'SELECT action, account_id, object, reason FROM audit_log WHERE user_id = $1 ORDER BY id',
      [this.userId],
    );
  }
}
