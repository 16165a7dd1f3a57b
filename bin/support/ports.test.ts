import { createServer } from 'node:net';

import { expect, test } from 'vitest';

import { Ports } from './ports';

const listening = (host: string) =>
  new Promise<{ port: number; close: () => Promise<void> }>((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });

const choose = async (port: number) => {
  const said: string[] = [];
  const ports = new Ports((line) => said.push(line));
  const found = await ports.wanted(port);
  await ports.release(found);
  return { found, said };
};

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a port that something listens on at %s is named in one line, and the next free one is used',
  async (host) => {
    const { port, close } = await listening(host);
    const { found, said } = await choose(port);
    await close();
    expect(found).toBeGreaterThan(port);
    expect(said).toEqual([`Port ${port} is taken; using ${found}.`]);
  },
);

test('a free port is used without a word', async () => {
  const { port, close } = await listening('127.0.0.1');
  await close();
  expect(await choose(port)).toEqual({ found: port, said: [] });
});

test('a port is held until it is released, so that a stack that starts beside this one takes another', async () => {
  const ports = new Ports(() => undefined);
  const port = await ports.any();
  expect((await choose(port)).found).not.toBe(port);
  await ports.release(port);
  expect((await choose(port)).found).toBe(port);
});

test('no port is handed out twice', async () => {
  const ports = new Ports(() => undefined);
  const first = await ports.any();
  expect(await ports.wanted(first)).not.toBe(first);
});
