import { describe, expect, test } from 'vitest';

import { levers, outcomes } from './levers';
import { aCard, aSandbox, ORIGIN } from './testing';
import { formsOf, textOf, type Form } from './testing-html';
import { faultKinds } from './world';

const HOME = `${ORIGIN}/_sandbox`;

/** A sandbox in which somebody has bought something, and its control page. */
const aDemo = async () => {
  const world = aSandbox();
  const { customer, session } = await world.buy({
    payment_intent_data: { setup_future_usage: 'off_session' },
  });
  const [card] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
  const [charge] = (await world.stripe.charges.list()).data;
  const [event] = (await world.stripe.events.list()).data;
  const read = async (path = '') => (await world.open(`${HOME}${path}`)).text();

  /** Sends a form as it stands on the page, with some of its controls set otherwise. */
  const send = (form: Form | undefined, changes: Record<string, string> = {}) => {
    const stands = Object.fromEntries((form?.controls ?? []).map(({ name, value }) => [name, value]));
    return world.post(`${ORIGIN}${form?.action ?? '/nowhere'}`, { ...stands, ...changes });
  };
  /** Presses the first button of a lever on a page, and reads the page that follows. */
  const press = async (path: string, lever: string, changes: Record<string, string> = {}) => {
    const form = formsOf(await read(path)).find(({ action, controls }) => {
      const has = (name: string) => controls.some((one) => one.name === name);
      return action === `/_sandbox/${lever}` && Object.keys(changes).every(has);
    });
    const answer = await send(form, changes);
    expect(answer.status).toBe(303);
    const to = answer.headers.get('location') ?? '';
    const page = await world.open(`${ORIGIN}${to}`);
    return { to, text: textOf(await page.text()) };
  };
  return {
    ...world,
    customer,
    session,
    read,
    send,
    press,
    card: card?.id ?? '',
    charge: charge?.id ?? '',
    event: event?.id ?? '',
  };
};

describe('the control page', () => {
  test('has a button for every lever', async () => {
    const { card, charge, event, press, read } = await aDemo();
    await press('', 'faults', { path: '/v1/nothing' });
    const pages = [
      await read(),
      await read(`/browse/payment_methods/${card}`),
      await read(`/browse/charges/${charge}`),
      await read(`/browse/events/${event}`),
    ];
    const actions = pages.flatMap(formsOf).map(({ action }) => action);
    for (const { path } of [...levers, { path: 'reset' }]) {
      const asked = new RegExp(`^/_sandbox/${path.replace(':id', '[^/]+')}$`);
      expect(
        actions.some((action) => asked.test(action)),
        path,
      ).toBe(true);
    }
  });

  test('has a way to each value of each switch and each way of delivering', async () => {
    const { control, read, send } = await aDemo();
    const kept = (await control('/switches')) as Record<string, string>;
    const forms = formsOf(await read()).filter(({ action }) => action === '/_sandbox/switches');
    expect(new Set(forms.map(({ controls }) => controls[1]?.name))).toEqual(new Set(Object.keys(kept)));
    for (const form of forms) {
      const { name = '', options = [] } = form.controls[1] ?? {};
      expect(options.length).toBeGreaterThan(1);
      for (const value of options) {
        await send(form, { [name]: value });
        expect(await control('/switches')).toMatchObject({ [name]: value });
      }
    }
    const modes = formsOf(await read()).filter(({ action }) => action === '/_sandbox/webhooks');
    const named = modes.flatMap(({ controls }) => controls.map(({ name }) => name));
    expect(named).toEqual(expect.arrayContaining(Object.keys((await control('/webhooks')) as object)));
  });

  test('offers every fault, and every outcome of a charge', async () => {
    const { read } = await aDemo();
    const controls = formsOf(await read()).flatMap((form) => form.controls);
    const offered = (name: string) => new Set(controls.find((one) => one.name === name)?.options);
    expect(offered('fault')).toEqual(new Set(faultKinds));
    expect(offered('outcome')).toEqual(new Set(outcomes));
  });

  test('sends a card a new date', async () => {
    const { card, eventTypes, press, stripe } = await aDemo();
    const changes = { exp_month: '3', exp_year: '2033' };
    const { text } = await press(`/browse/payment_methods/${card}`, `payment_methods/${card}/renew`, changes);
    expect(text).toContain('The card that ends in 4242 lasts until 3/2033.');
    expect(await stripe.paymentMethods.retrieve(card)).toMatchObject({
      card: { exp_month: 3, exp_year: 2033 },
    });
    expect(eventTypes().slice(-1)).toEqual(['payment_method.automatically_updated']);
  });

  test('comes back with a sentence about what was done, and says it once', async () => {
    const { control, press, read } = await aDemo();
    const { to, text } = await press('', 'webhooks', { hold: 'true' });
    expect(to).toBe('/_sandbox?said=1');
    expect(text).toContain('Deliveries are held.');
    expect(await control('/webhooks')).toMatchObject({ hold: true });
    expect(await read('?said=1')).toContain('<p role="status">Deliveries are held.</p>');
    expect(await read()).not.toContain('<p role="status">');
    expect(await read('?said=99')).not.toContain('<p role="status">');
  });

  test('says why nothing was done', async () => {
    const { control, press } = await aDemo();
    const { text } = await press('', 'faults', { times: 'often' });
    expect(text).toContain('Nothing was done. Invalid integer: often');
    expect(await control('/faults')).toEqual({ data: [] });
  });

  test.each([
    {
      lever: 'clock',
      changes: { advance: '86400' },
      said: 'It is 2026-11-02 00:00:00 UTC here, which is not real time.',
    },
    {
      lever: 'clock',
      changes: { freeze: 'true' },
      said: 'It is 2026-11-01 00:00:00 UTC here, and time stands still.',
    },
    { lever: 'clock', changes: { offset: '-3600' }, said: 'It is 2026-10-31 23:00:00 UTC here' },
    { lever: 'webhooks', changes: { shuffle: 'true' }, said: 'Deliveries come in any order.' },
    { lever: 'webhooks', changes: { duplicate: '1' }, said: 'Each event is delivered 2 times.' },
    {
      lever: 'webhooks',
      changes: { duplicateNewId: 'true' },
      said: 'Each event is written twice, under two ids.',
    },
    { lever: 'webhooks', changes: { drop: 'true' }, said: 'Events are written and never sent.' },
    { lever: 'webhooks', changes: { delayMs: '1500' }, said: 'Deliveries come 1500 ms late.' },
    { lever: 'webhooks', changes: { wrongSignature: 'true' }, said: 'Signatures are wrong.' },
    { lever: 'webhooks', changes: { oldTimestamp: 'true' }, said: 'Signatures are an hour old.' },
    { lever: 'webhooks/release', changes: {}, said: 'What was held goes out:' },
    {
      lever: 'faults',
      changes: { fault: 'slow', method: 'POST' },
      said: 'The next request for POST /v1/* is answered 3000 ms late.',
    },
    {
      lever: 'faults',
      changes: { fault: '429', times: '2' },
      said: 'Each of the next 2 requests for /v1/* is answered 429',
    },
    { lever: 'reset', changes: {}, said: 'Everything is forgotten but the endpoints of the start.' },
  ])('pulls $lever with $changes', async ({ lever, changes, said }) => {
    const { press } = await aDemo();
    expect((await press('', lever, changes as Record<string, string>)).text).toContain(said);
  });

  test('lets a fault lie in wait for one object, and takes it away', async () => {
    const { control, customer, press, stripe } = await aDemo();
    const other = await stripe.customers.create({});
    await press(`/browse/customers/${customer.id}`, 'faults', { fault: '500' });
    expect((await stripe.customers.retrieve(other.id)).id).toBe(other.id);
    await expect(stripe.customers.retrieve(customer.id)).rejects.toMatchObject({ statusCode: 500 });
    expect((await stripe.customers.retrieve(customer.id)).id).toBe(customer.id);
    await press(`/browse/customers/${customer.id}`, 'faults', { fault: '500' });
    await press('', 'faults/clear');
    expect(await control('/faults')).toEqual({ data: [] });
  });

  test('makes a card fail that worked, ask its holder, and work again', async () => {
    const { card, customer, post, press, stripe } = await aDemo();
    const lever = `payment_methods/${card}/behaviour`;
    const charged = () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        customer: customer.id,
        payment_method: card,
        confirm: true,
        return_url: 'http://app.test/back',
      });
    expect((await press('', lever, { outcome: 'insufficient_funds' })).text).toContain(
      'its bank says: insufficient_funds',
    );
    await expect(charged()).rejects.toMatchObject({ decline_code: 'insufficient_funds' });

    await press(`/browse/payment_methods/${card}`, lever, { outcome: 'authentication_required' });
    const waiting = await charged();
    expect(waiting.status).toBe('requires_action');
    await post(waiting.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
    expect((await stripe.paymentIntents.retrieve(waiting.id)).status).toBe('succeeded');

    await press('', lever, { outcome: 'as_card' });
    expect((await charged()).status).toBe('succeeded');
  });

  test('starts a dispute and an early fraud warning', async () => {
    const { charge, press, stripe } = await aDemo();
    expect((await press('', `charges/${charge}/early_fraud_warning`)).text).toContain('may be fraud');
    expect((await stripe.radar.earlyFraudWarnings.list({ charge })).data).toHaveLength(1);
    const changes = { reason: 'product_not_received', inquiry: 'false' };
    await press(`/browse/charges/${charge}`, `charges/${charge}/dispute`, changes);
    expect((await stripe.disputes.list({ charge })).data).toMatchObject([
      { reason: 'product_not_received', status: 'needs_response' },
    ]);
  });

  test('delivers an event again', async () => {
    const { captured, event, press, sandbox } = await aDemo();
    await sandbox.tick();
    const before = captured.length;
    const { to, text } = await press(`/browse/events/${event}`, `events/${event}/redeliver`);
    expect(to).toBe(`/_sandbox/browse/events/${event}?said=1`);
    expect(text).toContain('goes out again, to 1 endpoints.');
    await sandbox.tick();
    expect(captured).toHaveLength(before + 1);
  });

  test.each([
    { back: 'https://evil.example/', to: '/_sandbox?said=1' },
    { back: '//evil.example/_sandbox', to: '/_sandbox?said=1' },
    { back: '/_sandbox/browse/events?after=evt_1', to: '/_sandbox/browse/events?after=evt_1&said=1' },
  ])('goes back to $back as $to', async ({ back, to }) => {
    const { post } = aSandbox();
    const answer = await post(`${HOME}/webhooks`, { hold: 'true', back });
    expect(answer.headers.get('location')).toBe(to);
  });

  test.each(['cross-site', 'same-site'])(
    'is linked to, and neither read nor pulled, by a page that is %s',
    async (site) => {
      const { sandbox } = aSandbox();
      const asked = async (path: string, more: { mode?: string; body?: string } = {}) => {
        const { mode = 'no-cors', body } = more;
        const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode };
        const form = { 'Content-Type': 'application/x-www-form-urlencoded', ...headers };
        const init = body === undefined ? { headers } : { method: 'POST', headers: form, body };
        return (await sandbox.answer(new Request(`${HOME}${path}`, init))).status;
      };
      expect(await asked('/webhooks', { mode: 'navigate', body: 'hold=true' })).toBe(403);
      expect(await asked('/webhooks', { body: 'hold=true' })).toBe(403);
      expect(await asked('/requests')).toBe(403);
      expect(await asked('', { mode: 'navigate' })).toBe(200);
      expect(sandbox.delivery.hold).toBe(false);
    },
  );

  test('is not shown under a name that is not ours', async () => {
    const { sandbox } = aSandbox();
    for (const path of ['', '/requests', '/browse/customers']) {
      expect((await sandbox.answer(new Request(`http://evil.example/_sandbox${path}`))).status).toBe(403);
      expect((await sandbox.answer(new Request(`http://localhost:1/_sandbox${path}`))).status).toBe(200);
    }
  });

  test('is where the root leads', async () => {
    const { open } = aSandbox();
    expect((await open(`${ORIGIN}/`)).headers.get('location')).toBe('/_sandbox');
  });
});

describe('what the control page shows', () => {
  test('is every kind of thing, and each of them by itself', async () => {
    const { customer, session, stripe, post, sandbox, open } = await aDemo();
    const [charge] = (await stripe.charges.list()).data;
    await stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 });
    const asked = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: 'http://app.test/ok',
    });
    await post(asked.url ?? '', aCard('4000000000000259'));
    const [disputing] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: customer.id,
      payment_method: disputing?.id ?? '',
      confirm: true,
      return_url: 'http://app.test/back',
    });
    sandbox.clock.move({ advance: 60 });
    await sandbox.tick();

    const home = await (await open(HOME)).text();
    const lists = [...home.matchAll(/href="(\/_sandbox\/browse\/\w+)"/g)].map(([, href = '']) => href);
    expect(new Set(lists).size).toBe(11);
    for (const href of new Set(lists)) {
      const page = await (await open(`${ORIGIN}${href}`)).text();
      expect(page, href).toContain('<tbody>');
      const [, one] = new RegExp(`href="(${href}/[^"]+)"`).exec(page) ?? [];
      expect((await open(`${ORIGIN}${one ?? href}`)).status, one).toBe(200);
    }
    const bought = await (await open(`${HOME}/browse/checkout_sessions/${session.id}`)).text();
    expect(textOf(bought)).toContain('checkout.session.completed');
    expect(bought).toContain(`<a href="/_sandbox/browse/customers/${customer.id}">${customer.id}</a>`);
  });

  test('is a page at a time', async () => {
    const { stripe, open } = aSandbox();
    for (let i = 0; i < 30; i += 1) await stripe.customers.create({ email: `c${i}@example.org` });
    const newest = await (await open(`${HOME}/browse/customers`)).text();
    expect(newest).toContain('c29@example.org');
    expect(newest).not.toContain('c4@example.org');
    const [, older = ''] = /href="([^"]+)">Older/.exec(newest) ?? [];
    const rest = await (await open(`${ORIGIN}${older}`)).text();
    expect(rest).toContain('c4@example.org');
    expect(rest).not.toContain('>Older<');
  });

  test('runs nothing that a customer was called', async () => {
    const { stripe, open } = aSandbox();
    const { id } = await stripe.customers.create({ name: '<script>alert(1)</script>' });
    for (const path of ['', `/${id}`]) {
      expect(await (await open(`${HOME}/browse/customers${path}`)).text()).not.toContain('<script>');
    }
  });

  test('is nothing at an address of nothing', async () => {
    const { open } = aSandbox();
    expect((await open(`${HOME}/browse/unicorns`)).status).toBe(404);
    expect((await open(`${HOME}/browse/customers/cus_none`)).status).toBe(404);
  });
});
