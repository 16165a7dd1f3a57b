import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

/** A key that only this test has, with a certificate for `localhost` that nobody signed but itself. */
const PEM = 'test/localhost.pem';

/** Sends an event to these addresses from a process of its own, because whom a process trusts is settled at its start. */
async function sendTo(urls: string[], trusting: Record<string, string>): Promise<unknown> {
  const script = `
    import { send } from './lib/webhooks/send.ts';
    import { wallWith } from './lib/webhooks/wall.ts';
    const secrets = ['whsec_' + Buffer.alloc(24).toString('base64')];
    const each = ${JSON.stringify(urls)}.map((url) =>
      send({ url, id: 'evt_1', body: '{}', secrets, at: new Date() }, wallWith({ toLoopback: true })));
    Promise.all(each).then((attempts) => console.log(JSON.stringify(attempts)));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { ...process.env, ...trusting } },
  );
  return JSON.parse(stdout);
}

test('a system is told over TLS only where its certificate is trusted, and for the name that was called', async () => {
  const pem = readFileSync(PEM);
  const heard: (string | undefined)[] = [];
  const system = createServer({ key: pem, cert: pem }, (request, response) => {
    heard.push(request.headers.host);
    response.end();
  });
  await new Promise<void>((resolve) => system.listen(0, '127.0.0.1', resolve));
  const { port } = system.address() as AddressInfo;
  const urls = [`https://localhost:${port}/`, `https://127.0.0.1:${port}/`];
  const untrusted = { unreached: 'not-trusted' };
  try {
    expect(await sendTo(urls, {})).toEqual([untrusted, untrusted]);
    expect(heard).toEqual([]);
    expect(await sendTo(urls, { NODE_EXTRA_CA_CERTS: PEM })).toEqual([{ status: 200 }, untrusted]);
    expect(heard).toEqual([`localhost:${port}`]);
  } finally {
    system.close();
  }
});
