import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';

import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { Receiver } from '@/test/webhook-receiver';

import { type Message, PATIENCE, send } from './send';
import { type Wall, wallWith } from './wall';

const SECRET = `whsec_${Buffer.alloc(24, 'a').toString('base64')}`;
const FORMER = `whsec_${Buffer.alloc(24, 'b').toString('base64')}`;
const SHORT = { ...PATIENCE, connectMs: 100, totalMs: 200 };

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.listen();
});
afterEach(() => receiver.close());

const toLoopback = wallWith({ toLoopback: true });
const message = (url = receiver.url): Message => ({
  url,
  id: 'evt_1',
  body: '{"type":"asset.ready","data":{"id":"é"}}',
  secrets: [SECRET],
  at: new Date(),
});

describe('what is sent', () => {
  test('is signed as Standard Webhooks, over the bytes as they are', async () => {
    const sent = message();
    expect(await send(sent, toLoopback)).toEqual({ status: 200 });
    const { headers, body } = receiver.last;
    expect(body).toBe(sent.body);
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(sent.body));
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => new Webhook(FORMER).verify(body, headers)).toThrow('No matching signature');
  });

  test('has the signature that anybody can compute by the standard', async () => {
    await send(message(), toLoopback);
    const { headers, body } = receiver.last;
    const signed = `evt_1.${String(headers['webhook-timestamp'])}.${body}`;
    const mac = createHmac('sha256', Buffer.alloc(24, 'a')).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${mac}`);
  });

  test('is signed by both secrets while one takes the other’s place', async () => {
    await send({ ...message(), secrets: [SECRET, FORMER] }, toLoopback);
    const { headers, body } = receiver.last;
    for (const secret of [SECRET, FORMER])
      expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  });
});

describe('what is answered', () => {
  test.each([200, 204, 400, 410, 500])('%i is said as it is', async (status) => {
    receiver.answer = status;
    expect(await send(message(), toLoopback)).toEqual({ status });
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
    receiver.answer = (_request, response) =>
      void response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end();
    expect(await send(message(), toLoopback)).toEqual({ status });
    expect(receiver.received).toHaveLength(1);
  });

  test('no more is read than 64 KB, whatever comes', async () => {
    let written = 0;
    receiver.answer = (_request, response) => {
      const chunk = Buffer.alloc(65_536);
      const write = () => {
        while (!response.destroyed && written < 1e9 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', write);
      write();
    };
    expect(await send(message(), toLoopback)).toEqual({ status: 200 });
    // What lies in the sockets between us comes to a few megabytes.
    expect(written).toBeLessThan(50_000_000);
  });

  test.each<{ who: string; answer: (response: ServerResponse) => void }>([
    { who: 'nobody', answer: () => undefined },
    {
      who: 'one that begins and does not end',
      answer: (response) => void response.writeHead(200).write('a'),
    },
    {
      who: 'one that drips',
      answer: (response) => {
        const drip = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(drip));
      },
    },
  ])('$who is given up after the time for all of it', async ({ answer }) => {
    receiver.answer = (_request, response) => answer(response);
    expect(await send(message(), toLoopback, SHORT)).toEqual({ unreached: 'timed-out' });
  });

  test('a TLS handshake that never ends is given up after the time for connecting', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const patience = { ...PATIENCE, connectMs: 100 };
    expect(await send(message(`https://127.0.0.1:${port}`), toLoopback, patience)).toEqual({
      unreached: 'timed-out',
    });
    silent.close();
  });

  test('what is not TLS is not trusted, and what hangs up has failed', async () => {
    expect(await send(message(`https://127.0.0.1:${receiver.port}`), toLoopback)).toEqual({
      unreached: 'not-trusted',
    });
    receiver.answer = (request) => void request.socket.destroy();
    expect(await send(message(), toLoopback)).toEqual({ unreached: 'connection-failed' });
  });
});

/** Names that lead where they are told, and only what is told may be called. */
const wall = (answers: string[][], allowed = ['127.0.0.1']): Wall & { asked: string[] } => {
  const asked: string[] = [];
  return {
    toLoopback: true,
    asked,
    resolve: async (name) => {
      asked.push(name);
      const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? [];
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    mayCall: (_url, address) => allowed.includes(address),
  };
};

describe('the wall', () => {
  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://127.1/',
    'https://0/',
    'https://10.0.0.1/',
    'https://192.168.0.1:8443/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xa9.0xfe.0xa9.0xfe/',
    'https://０x7f.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://[2002:7f00:1::]/',
    'http://example.com/',
    'https://example.com:22/',
    'gopher://127.0.0.1:443/_GET',
    'file:///etc/passwd',
    'https://user@example.com/',
  ])('%s is refused before anything is asked or called', async (url) => {
    const asked: string[] = [];
    const closed: Wall = {
      ...wallWith({ toLoopback: false }),
      resolve: async (name) => (asked.push(name), []),
    };
    expect(await send(message(url), closed)).toEqual({ unreached: 'address-refused' });
    expect(asked).toEqual([]);
  });

  test.each([
    { leads: ['127.0.0.1'] },
    { leads: ['::1'] },
    { leads: ['10.0.0.1'] },
    { leads: ['169.254.169.254'] },
    { leads: ['::ffff:10.0.0.1'] },
    { leads: ['64:ff9b::a00:1'] },
    { leads: ['93.184.216.34', '10.0.0.1'] },
    { leads: [] },
  ])('a name that leads to $leads is refused', async ({ leads }) => {
    const closed = {
      ...wallWith({ toLoopback: false }),
      resolve: async () => leads.map((address) => ({ address, family: 4 })),
    };
    expect(await send(message('https://innocent.example/'), closed)).toEqual({
      unreached: 'address-refused',
    });
  });

  test('a name that is nobody’s is said to be so', async () => {
    const nowhere: Wall = {
      ...wallWith({ toLoopback: false }),
      resolve: async () => {
        throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      },
    };
    expect(await send(message('https://nobody.example/'), nowhere)).toEqual({ unreached: 'name-not-found' });
  });

  test('a name is asked once, and what was looked at is what is called, wherever it leads a moment later', async () => {
    const inner = await Receiver.listen({ host: '127.0.0.2', port: receiver.port });
    const rebinding = wall([['127.0.0.1'], ['127.0.0.2']]);
    const url = `http://localhost:${receiver.port}/hooks`;

    expect(await send(message(url), rebinding)).toEqual({ status: 200 });
    expect(rebinding.asked).toEqual(['localhost']);
    expect([receiver.received.length, inner.received.length]).toEqual([1, 0]);

    expect(await send(message(url), rebinding)).toEqual({ unreached: 'address-refused' });
    expect([receiver.received.length, inner.received.length]).toEqual([1, 0]);
    await inner.close();
  });

  test('the gate to loopback opens to nothing else', async () => {
    const leading = (address: string): Wall => ({
      ...toLoopback,
      resolve: async () => [{ address, family: 4 }],
    });
    const url = `http://localhost:${receiver.port}/hooks`;
    expect(await send(message(url), leading('127.0.0.1'))).toEqual({ status: 200 });
    expect(await send(message(url), leading('10.0.0.1'))).toEqual({ unreached: 'address-refused' });
    expect(await send(message('https://innocent.example/'), leading('127.0.0.1'))).toEqual({
      unreached: 'address-refused',
    });
  });
});
