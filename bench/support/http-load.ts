import autocannon from 'autocannon';

export type HttpLoad = { rate: number; done: number; p50: number; p99: number };

/** Keeps so many connections busy for so long, each request with a body of its own; anything but 2xx is a failure. */
export async function httpLoad(asked: {
  url: string;
  connections: number;
  seconds: number;
  headers: Record<string, string>;
  body: () => string;
}): Promise<HttpLoad> {
  const { url, connections, seconds, headers, body } = asked;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    // A slow answer is a figure, too; it is the server's to give up.
    timeout: 60,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        setupRequest: (request) => ({ ...request, body: body() }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors of ${url}`);
  return {
    rate: result['2xx'] / result.duration,
    done: result['2xx'],
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
