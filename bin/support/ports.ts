import { connect, createServer, type Server } from 'node:net';

const host = '127.0.0.1';
const tries = 200;

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(1_000, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function listening(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => resolve(server.unref()));
  });
}

/** Holds ports until their owners start, and says so when one is not the port that was asked for. */
export class Ports {
  readonly #held = new Map<number, Server>();
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** The wanted port, or the next free one. */
  async wanted(port: number): Promise<number> {
    const found = await this.#from(port);
    if (found !== port) this.#say(`Port ${port} is taken; using ${found}.`);
    return found;
  }

  /** Any free port, below those that the system lends to outgoing connections. */
  any(): Promise<number> {
    return this.#from(20_000 + Math.floor(Math.random() * 12_000));
  }

  /** Lets go of a port, for the one that was to have it; until then a stack beside this one finds it taken. */
  async release(port: number): Promise<void> {
    const server = this.#held.get(port);
    if (server?.listening !== true) return;
    await new Promise((resolve) => server.close(resolve));
  }

  async #from(first: number): Promise<number> {
    for (let port = first; port < first + tries && port < 65_536; port += 1) {
      // Where a wildcard listener does not stop a bind to loopback (macOS), only a connection shows it.
      if (this.#held.has(port) || (await accepts(port))) continue;
      const server = await listening(port);
      if (server === null) continue;
      this.#held.set(port, server);
      return port;
    }
    throw new Error(`No free port from ${first} on.`);
  }
}
