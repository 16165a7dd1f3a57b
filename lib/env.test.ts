import { describe, expect, test } from 'vitest';

import { readEnv, WrongEnvironment } from './env';

const RIGHT = {
  DATABASE_URL: 'postgres://coffer@127.0.0.1/coffer',
  APP_URL: 'https://app.example.com/',
  AUTH_SECRET: 'abcdefghijklmnopqrstuvwxyz012345',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  MAIL_FROM: 'Coffer <billing@example.com>',
  STRIPE_SECRET_KEY: 'sk_test_1234567890',
  STRIPE_WEBHOOK_SECRETS: 'whsec_12345678, whsec_87654321',
};
const wrong = (change: Record<string, string | undefined>) => {
  try {
    readEnv({ ...RIGHT, ...change });
    return 'accepted';
  } catch (error) {
    if (error instanceof WrongEnvironment) return error.message;
    throw error;
  }
};

describe('readEnv', () => {
  test('reads what is right, with its defaults', () => {
    expect(readEnv(RIGHT)).toMatchObject({
      APP_URL: 'https://app.example.com',
      COFFER_PRICE_BOOK: 'dubbing',
      COFFER_DEMO: false,
      STRIPE_WEBHOOK_SECRETS: ['whsec_12345678', 'whsec_87654321'],
      STRIPE_TAX: 'off',
    });
  });

  test.each(Object.keys(RIGHT))('%s missing stops the start with its name', (name) => {
    expect(wrong({ [name]: undefined })).toContain(`${name} is missing`);
    expect(wrong({ [name]: '' })).toContain(`${name} is missing`);
  });

  test.each([
    { name: 'DATABASE_URL', value: 'mysql://localhost/coffer', reason: 'postgresql://' },
    { name: 'APP_URL', value: 'app.example.com', reason: 'must be a URL' },
    { name: 'COFFER_PRICE_BOOK', value: 'nobody', reason: 'roughy, dubbing, dessert, audiopod, assemblyai' },
    { name: 'COFFER_PRICE_BOOK', value: 'Dubbing', reason: 'dubbing' },
    { name: 'COFFER_DEMO', value: 'yes', reason: '0 or 1' },
    { name: 'AUTH_SECRET', value: 'secret', reason: '32 characters' },
    { name: 'APP_URL', value: 'https://app.example.com/billing', reason: 'without a path' },
    { name: 'APP_URL', value: 'https://app.example.com/?x=1', reason: 'without a path' },
    { name: 'AUTH_SECRET', value: 'a'.repeat(40), reason: 'repeats itself' },
    { name: 'SMTP_URL', value: 'http://mail', reason: 'smtp' },
    { name: 'MAIL_FROM', value: 'billing', reason: 'address' },
    { name: 'MAIL_FROM', value: '@', reason: 'address' },
    { name: 'STRIPE_SECRET_KEY', value: 'pk_test_1234567890', reason: 'secret or restricted key' },
    { name: 'STRIPE_WEBHOOK_SECRETS', value: 'secret', reason: 'whsec_' },
    { name: 'STRIPE_API_PORT', value: '99999999', reason: '' },
    { name: 'STRIPE_API_PROTOCOL', value: 'ftp', reason: 'http or https' },
  ])('$name=$value stops the start with the reason', ({ name, value, reason }) => {
    const message = wrong({ [name]: value });
    expect(message).toContain(`${name} is wrong`);
    expect(message).toContain(reason);
  });

  test.each(['roughy', 'dubbing', 'dessert', 'audiopod', 'assemblyai'])('runs the price book %s', (name) => {
    expect(readEnv({ ...RIGHT, COFFER_PRICE_BOOK: name }).COFFER_PRICE_BOOK).toBe(name);
  });

  test('says all that is wrong at once', () => {
    expect(wrong({ APP_URL: undefined, AUTH_SECRET: 'short' }).split('\n')).toHaveLength(2);
  });

  test('never sends a live key to another host', () => {
    const live = { STRIPE_SECRET_KEY: 'sk_live_1234567890' };
    expect(wrong({ ...live, STRIPE_API_HOST: '127.0.0.1' })).toContain('STRIPE_API_HOST');
    expect(wrong({ ...live, STRIPE_API_PROTOCOL: 'http' })).toContain('STRIPE_API_HOST');
    expect(wrong(live)).toBe('accepted');
  });

  test('sends no events to this machine beside a live key', () => {
    const name = 'COFFER_WEBHOOKS_TO_LOOPBACK';
    expect(wrong({ STRIPE_SECRET_KEY: 'rk_live_1234567890', [name]: '1' })).toContain(name);
    expect(wrong({ [name]: '1' })).toBe('accepted');
  });

  test('offers no demo sign-ins beside a live key', () => {
    expect(wrong({ STRIPE_SECRET_KEY: 'rk_live_1234567890', COFFER_DEMO: '1' })).toContain('COFFER_DEMO');
  });

  test('never repeats a secret in what it prints', () => {
    expect(wrong({ AUTH_SECRET: 'my-short-secret', STRIPE_SECRET_KEY: 'canary_key' })).not.toMatch(
      /my-short-secret|canary_key/,
    );
  });
});
