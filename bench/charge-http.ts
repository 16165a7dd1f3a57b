import { randomUUID } from 'node:crypto';

import type { Bench } from './support/bench';
import { httpLoad } from './support/http-load';
import { served, serviceKey } from './support/http-stand';
import { interleaved } from './support/interleaved';
import { median, rounded, spread } from './support/report';

const CONNECTIONS = 64;
// A server that has just started runs ten thousands of requests before its code is compiled.
const WARM_UPS = 3;

/** `POST /v1/charges` on the meter or in Next, against a plain JSON echo of the same body. */
export const chargeHttp =
  (where: 'meter' | 'next'): Bench =>
  async (stand, { seconds, rounds }) => {
    const [account] = await stand.accounts(1, 1_000_000_000n);
    const headers = { authorization: `Bearer ${await serviceKey(stand)}`, 'coffer-account': `${account}` };
    const urls = { echo: await served(stand, 'echo'), [where]: await served(stand, where) };
    const body = () =>
      JSON.stringify({ reference: randomUUID(), service: 'dubbing', quantities: { seconds: 30 } });

    const before = await stand.consumed();
    let applied = 0;
    const latency: Record<string, number[]> = { p50: [], p99: [] };
    const load = (url: string) => httpLoad({ url, connections: CONNECTIONS, seconds, headers, body });
    const rates = await interleaved(
      [
        { name: 'echo', run: async () => (await load(urls.echo)).rate },
        {
          name: 'charge',
          run: async () => {
            const { rate, done, p50, p99 } = await load(`${urls[where]}/v1/charges`);
            applied += done;
            latency['p50']?.push(p50);
            latency['p99']?.push(p99);
            return rate;
          },
        },
      ],
      { rounds, warmUps: WARM_UPS },
    );
    await stand.prove({ before, applied, unanswered: CONNECTIONS * (rounds + WARM_UPS) });
    const ratio = rounded(median(rates.charge) / median(rates.echo));
    return [
      {
        ratio,
        of: `POST /v1/charges on ${where} to a plain node:http JSON echo, ${CONNECTIONS} connections`,
        value: spread(rates.charge).median,
        unit: 'requests/s',
        goal: where === 'meter' ? '>= 0.5, aim 0.7' : 'reported',
        met: where === 'next' || ratio >= 0.5,
        charge: spread(rates.charge),
        echo: spread(rates.echo),
        p50_ms: median(latency['p50'] ?? []),
        p99_ms: median(latency['p99'] ?? []),
      },
    ];
  };
