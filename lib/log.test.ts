import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

const CANARY = 'canary-4711';

/** What the log writes, seen from outside as an operator sees it. */
function logged(fields: object): string {
  const code = `import { log } from '@/lib/log'; log.error(${JSON.stringify(fields)}, 'something happened');`;
  return execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
}

test('what looks like a credential is never written, at any of three depths', () => {
  const secrets = { password: CANARY, authorization: CANARY, checkoutUrl: CANARY, cookie: CANARY };
  const line = logged({ ...secrets, request: secrets, error: { request: secrets } });
  expect(line).toContain('something happened');
  expect(line).not.toContain(CANARY);
});

test('a line break in a value cannot forge a second line', () => {
  expect(logged({ name: 'x\n{"level":50,"msg":"forged"}' }).trim().split('\n')).toHaveLength(1);
});
