import { expect, test } from 'vitest';

import { readAuditReport } from './audit-report';

const said = (vulnerabilities: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { dependencies: { total: 512 } } });

test.each([
  ['', 'nothing that could be read was said'],
  ['not JSON', 'nothing that could be read was said'],
  ['null', 'nothing that could be read was said'],
  [JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 }), '405 Method Not Allowed'],
])('a registry that does not answer is no package with a hole: %j', (text, why) => {
  expect(readAuditReport(text)).toEqual({ kind: 'silent', why });
});

test('nothing grave is said with how many packages were asked about', () => {
  expect(readAuditReport(said({}))).toEqual({ kind: 'clean', packages: 512 });
  const light = { left: { severity: 'moderate', range: '<2' } };
  expect(readAuditReport(said(light))).toEqual({ kind: 'clean', packages: 512 });
});

test('what is grave is named, and whether it can be mended', () => {
  const grave = {
    next: { severity: 'high', range: '<16.2.6', fixAvailable: true },
    jose: { severity: 'critical', range: '*', fixAvailable: false },
  };
  expect(readAuditReport(said(grave))).toEqual({
    kind: 'holes',
    lines: ['next <16.2.6: high', 'jose *: critical, with no version that mends it yet'],
  });
});
