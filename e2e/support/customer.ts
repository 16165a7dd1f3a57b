import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { hashPassword } from '@/lib/auth/password';

import { one, rows } from './database';
import { sandbox } from './sandbox';

const PASSWORD = 'correct horse battery staple';
let hash: Promise<string> | undefined;

export type Role = 'owner' | 'billing' | 'developer' | 'viewer';

/** A person with an account of their own, so that no story sees what another one did. */
export class Customer {
  readonly password = PASSWORD;

  private constructor(
    readonly email: string,
    readonly userId: string,
    readonly accountId: string,
  ) {}

  static async create({
    role = 'owner',
    credits = 0,
  }: { role?: Role; credits?: number } = {}): Promise<Customer> {
    hash ??= hashPassword(PASSWORD);
    const email = `${randomUUID()}@story.example`;
    const { id: userId } = await one<{ id: string }>(
      'INSERT INTO users (email, password_hash) VALUES ($1, $2) RETURNING id',
      [email, await hash],
    );
    const { id: accountId } = await one<{ id: string }>(
      `SELECT ledger.open_account('Story Works', 'dubbing') AS id`,
    );
    await rows('INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3::member_role)', [
      accountId,
      userId,
      role,
    ]);
    if (credits > 0)
      await one(`SELECT ledger.credit($1, $2, 'bonus', 'welcome')`, [accountId, credits * 1_000_000]);
    return new Customer(email, userId, accountId);
  }

  async signsIn(page: Page): Promise<void> {
    await page.goto('/sign-in');
    await page.getByText('Use a password instead').click();
    const form = page.getByRole('form', { name: 'Sign in with a password' });
    await form.getByLabel('Email').fill(this.email);
    await form.getByLabel('Password').fill(this.password);
    await form.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }

  /** Makes this person a member of another one's account too. */
  async joins(other: Customer, role: Role): Promise<void> {
    await rows('INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3::member_role)', [
      other.accountId,
      this.userId,
      role,
    ]);
  }

  /** What they are in their own account; none where they are a member no more. */
  async role(): Promise<string | undefined> {
    const [member] = await rows<{ role: string }>(
      'SELECT role FROM members WHERE account_id = $1 AND user_id = $2',
      [this.accountId, this.userId],
    );
    return member?.role;
  }

  entries() {
    return rows<{ kind: string; delta: string; balance_after: string; reference: string }>(
      'SELECT kind, delta, balance_after, reference FROM entries WHERE account_id = $1 ORDER BY seq',
      [this.accountId],
    );
  }

  topUps() {
    return rows<{
      id: string;
      status: string;
      stripe_session: string | null;
      stripe_invoice: string | null;
      stripe_payment: string | null;
    }>(
      'SELECT id, status, stripe_session, stripe_invoice, stripe_payment FROM top_ups WHERE account_id = $1 ORDER BY created_at',
      [this.accountId],
    );
  }

  /** One of Stripe's test cards as the default, `pm_card_visa` or another. */
  async savesCard(card: string): Promise<void> {
    await rows(
      `INSERT INTO stripe_customers (customer, account_id)
       SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM stripe_customers WHERE account_id = $2)`,
      [await sandbox.newCustomer(), this.accountId],
    );
    await sandbox.saveCard(await this.stripeCustomer(), card);
  }

  async stripeCustomer(): Promise<string> {
    const { customer } = await one<{ customer: string }>(
      'SELECT customer FROM stripe_customers WHERE account_id = $1',
      [this.accountId],
    );
    return customer;
  }
}
