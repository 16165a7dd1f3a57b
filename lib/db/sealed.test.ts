import { beforeEach, describe, expect, test, vi } from 'vitest';

import { setEnvironment } from '@/test/environment';

const SEALING = { purpose: 'webhook-secret', of: '12:endpoint' };
const ANOTHER_SECRET = 'another secret of these tests, 32 characters';

/** The module as a process with this environment has it. */
async function processWith(given: Readonly<Record<string, string>> = {}) {
  vi.resetModules();
  setEnvironment({ AUTH_SECRET_FORMER: '', ...given });
  return import('./sealed');
}

let sealed: Awaited<ReturnType<typeof processWith>>;
beforeEach(async () => {
  sealed = await processWith();
});

describe('a secret', () => {
  test.each(['whsec_abc', '', 'Grüße 🗝', 'a'.repeat(10_000)])('%# comes back as it was', (text) => {
    expect(sealed.unseal(sealed.seal(text, SEALING), SEALING)).toBe(text);
  });

  test('is not to be read in what is stored, and never stored twice the same', () => {
    const [one, other] = [sealed.seal('whsec_canary', SEALING), sealed.seal('whsec_canary', SEALING)];
    expect(one).not.toBe(other);
    expect(one).not.toContain('canary');
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('canary');
  });

  test.each([
    ['another purpose', { ...SEALING, purpose: 'totp' }],
    ['another owner', { ...SEALING, of: '13:endpoint' }],
  ])('does not open for %s', (_, sealing) => {
    const stored = sealed.seal('whsec_abc', SEALING);
    expect(() => sealed.unseal(stored, sealing)).toThrow(/unable to authenticate|Unsupported state/i);
  });

  test('does not open when a single character was changed, wherever that is', () => {
    const stored = sealed.seal('whsec_abc', SEALING);
    const [version = '', mark = '', body = ''] = stored.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      const forged = [version, mark, changed.toString('base64url')].join('.');
      expect(() => sealed.unseal(forged, SEALING)).toThrow(/unable to authenticate|Unsupported state/i);
    }
  });

  test.each(['', 'whsec_abc', 'sealed1', 'sealed1..', 'sealed1.00000000.AAAA', 'sealed2.x.y'])(
    'is not taken from %j, which nobody sealed',
    (stored) => {
      expect(() => sealed.unseal(stored, SEALING)).toThrow(/sealed under a secret/);
    },
  );
});

describe('when the environment has a new secret', () => {
  test('what was sealed under the former one opens while that is named, and is to be sealed anew', async () => {
    const stored = sealed.seal('whsec_abc', SEALING);
    expect(sealed.isSealedAnew(stored)).toBe(true);
    const { AUTH_SECRET } = process.env;
    const after = await processWith({
      AUTH_SECRET: ANOTHER_SECRET,
      AUTH_SECRET_FORMER: AUTH_SECRET ?? '',
    });
    expect(after.unseal(stored, SEALING)).toBe('whsec_abc');
    expect(after.isSealedAnew(stored)).toBe(false);
    expect(after.isSealedAnew(after.seal('whsec_abc', SEALING))).toBe(true);
  });

  test('and does not open where it is not', async () => {
    const stored = sealed.seal('whsec_abc', SEALING);
    const after = await processWith({ AUTH_SECRET: ANOTHER_SECRET });
    expect(() => after.unseal(stored, SEALING)).toThrow(/sealed under a secret/);
  });
});
