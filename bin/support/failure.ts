import { shown } from './checkout';
import { ProcessFailure, tailOf } from './processes';

const tailLines = 20;

/** What a person needs to see of a failure: for a process, the end of its log and where the rest is. */
export function explain(error: unknown): string {
  if (error instanceof ProcessFailure) {
    const tail = tailOf(error.log, tailLines).replaceAll(/^/gm, '    ');
    return `✗ ${error.what}. The last lines of ${shown(error.log)}:\n\n${tail}\n`;
  }
  return `✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
