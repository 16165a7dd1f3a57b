import { connect, createServer } from 'node:net';

const host = '127.0.0.1';
const tries = 200;

/** Whether a server could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  // Where a wildcard listener does not stop a bind to loopback (macOS), only a connection shows it.
  return !(await accepts(port)) && (await binds(port));
}

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

function binds(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Hands out ports, each once, and says so when one is not the port that was asked for. */
export class Ports {
  readonly #taken = new Set<number>();
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

  async #from(first: number): Promise<number> {
    for (let port = first; port < first + tries && port < 65_536; port += 1) {
      if (this.#taken.has(port) || !(await isFree(port))) continue;
      this.#taken.add(port);
      return port;
    }
    throw new Error(`No free port from ${first} on.`);
  }
}
