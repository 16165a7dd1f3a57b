import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

// ReadyForQuery outside a transaction: PostgreSQL has committed, and says nothing after it.
const COMMITTED = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

export type Relay = {
  /** The same database, by way of the relay. */
  url: string;
  /** The next answer is given, and never arrives: its connection breaks instead. Resolves when that has happened. */
  loseNextAnswer: () => Promise<void>;
  close: () => Promise<void>;
};

/** A network between us and PostgreSQL that can lose an answer after what was asked has been done. */
export async function relayTo(databaseUrl: string): Promise<Relay> {
  const { hostname: host, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let lost: (() => void) | undefined;

  const server = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    const hangUp = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', hangUp);
      socket.on('close', () => {
        sockets.delete(socket);
        hangUp();
      });
    }
    let doomed: (() => void) | undefined;
    let tail = Buffer.alloc(0);
    near.on('data', (asked) => {
      doomed ??= lost;
      lost = undefined;
      far.write(asked);
    });
    far.on('data', (answer) => {
      if (!doomed) {
        near.write(answer);
        return;
      }
      tail = Buffer.concat([tail, answer]).subarray(-COMMITTED.length);
      if (!tail.equals(COMMITTED)) return;
      hangUp();
      doomed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);

  return {
    url: url.href,
    loseNextAnswer: () => new Promise((resolve) => (lost = resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
