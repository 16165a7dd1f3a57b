import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Received = { headers: Record<string, string>; body: string };

/** A customer's system: a real HTTP server that keeps what it was sent, and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  /** What it answers from now on; a function answers by itself. */
  answer: number | RequestListener = 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        this.received.push({ headers: request.headers as Record<string, string>, body });
        if (typeof this.answer === 'number') response.writeHead(this.answer).end();
        else this.answer(request, response);
      });
    });
  }

  static async listen({ host = '127.0.0.1', port = 0 } = {}): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve, reject) => {
      receiver.server.once('error', reject);
      receiver.server.listen(port, host, resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks`;
  }
  get last(): Received {
    const last = this.received.at(-1);
    if (!last) throw new Error('Nothing was received.');
    return last;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
