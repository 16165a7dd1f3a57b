import { createServer } from 'node:net';

import { expect, test } from 'vitest';

import { isFree, Ports } from './ports';

const listening = (host: string) =>
  new Promise<{ port: number; close: () => Promise<void> }>((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a port that something listens on at %s is not free',
  async (host) => {
    const { port, close } = await listening(host);
    expect(await isFree(port)).toBe(false);
    await close();
    expect(await isFree(port)).toBe(true);
  },
);

test('a taken port is named in one line and the next free one is used', async () => {
  const { port, close } = await listening('127.0.0.1');
  const said: string[] = [];
  const found = await new Ports((line) => said.push(line)).wanted(port);
  await close();
  expect(found).toBeGreaterThan(port);
  expect(said).toEqual([`Port ${port} is taken; using ${found}.`]);
});

test('no port is handed out twice', async () => {
  const ports = new Ports(() => undefined);
  const first = await ports.any();
  expect(await ports.wanted(first)).not.toBe(first);
});
