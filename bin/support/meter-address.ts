import { parseArgs } from 'node:util';

const PORT = 3100;

/** Where the meter listens: `--host` and `--port`, by default this machine alone. */
export function meterAddress(args: string[]): { hostname: string; port: number } {
  const { values } = parseArgs({ args, options: { host: { type: 'string' }, port: { type: 'string' } } });
  return { hostname: values.host ?? '127.0.0.1', port: Number(values.port ?? PORT) };
}
