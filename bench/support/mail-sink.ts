import { createServer, type Socket } from 'node:net';

/** An SMTP server that takes every mail and keeps none; its port. */
export function mailSink(): Promise<{ port: number; close: () => void }> {
  const server = createServer(converse);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, close: () => server.close() });
    });
  });
}

function converse(socket: Socket): void {
  let isMail = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const text = chunk.toString();
    if (isMail) {
      if (!text.endsWith('\r\n.\r\n')) return;
      isMail = false;
      say('250 taken');
    } else if (/^DATA/i.test(text)) {
      isMail = true;
      say('354 go on');
    } else if (/^QUIT/i.test(text)) {
      say('221 bye');
      socket.end();
    } else {
      say('250 yes');
    }
  });
  say('220 bench');
}
