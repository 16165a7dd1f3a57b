import { expect, test } from 'vitest';

import { playwrightTally, summed, tallyOf, vitestTally } from './tally';

const suite = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
const vitest = (numPassedTests: number, numFailedTests: number, ...testResults: unknown[]) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });

test.each([
  {
    rule: 'tests are counted',
    report: vitest(2, 1, suite('failed', 'passed', 'failed')),
    passed: 2,
    failed: 1,
  },
  {
    rule: 'a file that does not load is a failure',
    report: vitest(0, 0, suite('failed')),
    passed: 0,
    failed: 1,
  },
])('$rule', ({ report, passed, failed }) => {
  expect(vitestTally(report)).toEqual({ passed, failed });
});

test('a story that passed at the second try has passed, an error outside any story has not', () => {
  const report = { stats: { expected: 3, flaky: 1, unexpected: 2 }, errors: [{}] };
  expect(playwrightTally(JSON.stringify(report))).toEqual({ passed: 4, failed: 3 });
});

test('a runner that crashed counts as a failure, whatever it reported', () => {
  expect(tallyOf('/nowhere/report.json', vitestTally, false)).toEqual({ passed: 0, failed: 1 });
});

test('the last line is the sum', () => {
  expect(
    summed([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
