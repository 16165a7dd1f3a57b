import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Names a life in what it asks of Stripe. */
export const LIFE = 'x-life';

// Query, Parse and Bind of PostgreSQL's protocol: what begins a statement.
const STATEMENTS = new Set([0x51, 0x50, 0x42]);

/** One run of a verb in another process. Nothing leaves it from the crossing on that it dies before. */
export class Life {
  crossings = 0;
  isOver = false;
  /** What it was about to say to the world. */
  lastWord = 'nothing';

  constructor(
    readonly name: string,
    private readonly diesBefore: number,
    private readonly onDeath: () => void,
  ) {}

  /** False where it is dead before it could say this. */
  crosses(word: string): boolean {
    if (this.isOver) return false;
    this.lastWord = word;
    this.crossings += 1;
    if (this.crossings < this.diesBefore) return true;
    this.isOver = true;
    this.onDeath();
    return false;
  }
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

export type Way = { url: string; close: () => void };

/** The only way of a life to PostgreSQL. What arrived there before it died is done; what is open is rolled back. */
export async function wayToDatabase(databaseUrl: string, life: Life): Promise<Way> {
  const url = new URL(databaseUrl);
  const far = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const there = connect(far);
    const hangUp = () => {
      near.destroy();
      there.destroy();
    };
    for (const socket of [near, there]) {
      sockets.add(socket);
      socket.on('error', hangUp).on('close', hangUp);
    }
    there.pipe(near);
    near.on('data', (said) => {
      const isStatement = STATEMENTS.has(said[0] ?? 0);
      if (isStatement ? life.crosses(wordOf(said)) : !life.isOver) there.write(said);
    });
  });
  url.port = String(await listening(server));
  return {
    url: url.href,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const wordOf = (said: Buffer) =>
  said
    .toString('latin1', 5, 200)
    .replace(/[^ -~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The only way of all lives to Stripe. */
export async function wayToStripe(port: number, lives: ReadonlyMap<string, Life>): Promise<Way> {
  const server = createHttpServer((asked, answer) => {
    const { [LIFE]: name = '', ...headers } = asked.headers;
    const life = lives.get(String(name));
    if (life === undefined) throw new Error(`${asked.method} ${asked.url} is of no life`);
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      if (!life.crosses(`${asked.method} ${asked.url}`)) return;
      const passed = request(
        { host: '127.0.0.1', port, method: asked.method, path: asked.url, headers },
        (said) => {
          answer.writeHead(said.statusCode ?? 500, said.headers);
          said.pipe(answer);
        },
      );
      passed.end(Buffer.concat(chunks));
    });
  });
  const url = `http://127.0.0.1:${await listening(server)}`;
  return {
    url,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
