import { spawnSync } from 'node:child_process';

import { readAuditReport } from './support/audit-report';
import { checkout } from './support/checkout';

const ARGS = ['audit', '--omit=dev', '--json'];
const MOST_BYTES = 64 * 1_048_576;

/** Asks the registry for known holes in what runs in production. Exit 1: there are grave ones. Exit 0: none, or nobody answers. */
const { stdout } = spawnSync('npm', ARGS, { cwd: checkout, encoding: 'utf8', maxBuffer: MOST_BYTES });
const report = readAuditReport(stdout);
if (report.kind === 'silent')
  console.log(`The registry could not be asked for known holes: ${report.why}. Nothing was checked.`);
if (report.kind === 'clean')
  console.log(`No grave hole is known in the ${report.packages} packages that are installed.`);
if (report.kind === 'holes') {
  console.error(report.lines.join('\n'));
  process.exitCode = 1;
}
