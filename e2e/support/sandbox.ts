import { sandboxUrl } from './addresses';

async function control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`The sandbox answered ${response.status} to ${path}: ${await response.text()}`);
  return response.json();
}

/** Levers of the Stripe sandbox that a story may pull. */
export const sandbox = {
  holdWebhooks: () => control('POST', 'webhooks', { hold: true }),
  deliverEachTwice: () => control('POST', 'webhooks', { duplicate: 1 }),
  /** How a bank's wish to ask its customer leaves a payment without them: Stripe does both. */
  leaveChallengesIn: (offSessionChallenge: 'requires_action' | 'requires_payment_method') =>
    control('POST', 'switches', { offSessionChallenge }),
  behave: async () => {
    await control('POST', 'switches', { offSessionChallenge: 'requires_action' });
    await control('POST', 'webhooks', { hold: false, duplicate: 0 });
    await control('POST', 'webhooks/release');
    await control('DELETE', 'faults');
    await control('POST', 'switches', { delayedPayment: 'never' });
  },
  /** A bank that takes some seconds to say that it has paid. */
  delayPayments: () => control('POST', 'switches', { delayedPayment: 'succeeds' }),
  /** Deliveries that are still to be made or repeated. */
  pendingDeliveries: async () => ((await control('GET', 'deliveries')) as { pending: number }).pending,
  fail: (fault: { method: string; path: string; fault: string; times: number }) =>
    control('POST', 'faults', fault),
  charges: (customer: string) =>
    api<{ data: { id: string; amount: number; status: string }[] }>(`charges?customer=${customer}`),
  invoice: (id: string) => api<{ status: string; metadata: Record<string, string> }>(`invoices/${id}`),
  newCustomer: async () => (await api<{ id: string }>('customers', { name: 'Story Works' })).id,
  /** Saves one of Stripe's test cards and makes it the default. */
  saveCard: async (customer: string, card: string) => {
    const { id } = await api<{ id: string }>(`payment_methods/${card}/attach`, { customer });
    await api(`customers/${customer}`, { 'invoice_settings[default_payment_method]': id });
  },
  session: (id: string) => api<{ status: string; payment_status: string }>(`checkout/sessions/${id}`),
};

/** With `body` it is a POST, as Stripe's forms are. */
async function api<Answer>(path: string, body?: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${sandboxUrl}/v1/${path}`, {
    headers: { authorization: 'Bearer sk_test_story12345678' },
    ...(body === undefined ? {} : { method: 'POST', body: new URLSearchParams(body) }),
  });
  if (!response.ok) throw new Error(`Stripe answered ${response.status} to ${path}`);
  return (await response.json()) as Answer;
}
