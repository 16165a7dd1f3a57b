import { Hono } from 'hono';

import { mountApi } from './api';
import { createClock, type Clock, type ClockState } from './clock';
import { guardControl, mountControl, refusal, resetDelivery } from './control';
import { StripeError } from './errors';
import { mountChallenge } from './pages/challenge';
import { mountCheckout } from './pages/checkout';
import { mountControlPage } from './pages/control/control-page';
import { mountCreditNote } from './pages/credit-note';
import { guardPages } from './pages/headers';
import { mountHostedInvoice } from './pages/hosted-invoice';
import { notice } from './pages/layout';
import { mountPortal } from './pages/portal';
import { mountReceipt } from './pages/receipt';
import { configureEndpoints, type ConfiguredWebhook } from './resources/webhook-endpoints';
import { createStore, type Store } from './store';
import type { Row } from './table';
import { passTime } from './time';
import { deliverDue } from './webhooks';
import {
  asDocumented,
  orderly,
  type Carrier,
  type DeliveryMode,
  type RetryProfile,
  type Switches,
  type World,
} from './world';

export type Snapshot = { version: 1; clock: ClockState; tables: Record<string, Row[]> };

export type SandboxOptions = {
  /** Where the hosted pages are reached: the origin of every URL in every object. */
  origin?: string;
  /** The name on the hosted pages. */
  merchant?: string;
  webhooks?: ConfiguredWebhook[];
  profile?: RetryProfile;
  switches?: Partial<Switches>;
  snapshot?: Snapshot | null;
  /** Carries the deliveries. */
  fetch?: Carrier;
  /** Real time, in milliseconds. */
  now?: () => number;
};

/** A small Stripe that remembers. The same code stands behind the demo's port and inside tests. */
export type StripeSandbox = {
  /** Answers Stripe's HTTP API, the hosted pages and the control plane. */
  answer(request: Request): Promise<Response>;
  /** Lets time pass and makes every delivery that is due; says how many it made. */
  tick(): Promise<number>;
  /** Ticks by itself from now on, until the returned function is called. */
  start(): () => void;
  snapshot(): Snapshot;
  clock: Clock;
  store: Store;
  /** How deliveries misbehave: set its fields. */
  delivery: DeliveryMode;
  switches: Switches;
};

const TICK_MS = 100;

const restore = (world: World, { clock, tables }: Snapshot) => {
  world.clock.restore(clock);
  world.store.restore(tables);
  // A request that was running when the process died never ended, so its key must not stay in use.
  const cut = [...world.store.kept_answers.oldestFirst()].filter(({ status }) => status === null);
  for (const { id } of cut) world.store.kept_answers.remove(id);
};

export const createSandbox = (options: SandboxOptions = {}): StripeSandbox => {
  const { webhooks = [] } = options;
  const world: World = {
    store: createStore(),
    clock: createClock(options.now ?? Date.now),
    merchant: {
      name: options.merchant ?? 'Sandbox Merchant',
      account: 'acct_1Sandbox00000000',
      country: 'US',
    },
    origin: options.origin ?? 'http://127.0.0.1:12400',
    profile: options.profile ?? 'fast',
    carry: options.fetch ?? fetch,
    delivery: { ...orderly },
    switches: { ...asDocumented, ...options.switches },
    faults: [],
    locks: new Set(),
    requests: [],
    said: [],
    wake: () => listener(),
  };
  let listener = () => {};
  if (options.snapshot !== undefined && options.snapshot !== null) restore(world, options.snapshot);
  configureEndpoints(world, webhooks);

  const reset = () => {
    world.store.clear();
    world.clock.restore({ offsetMs: 0, frozenAtMs: null });
    world.faults.splice(0);
    world.locks.clear();
    world.requests.splice(0);
    resetDelivery(world);
    configureEndpoints(world, webhooks);
  };

  const app = new Hono();
  guardPages(app);
  guardControl(app, world);
  mountApi(app, world);
  mountCheckout(app, world);
  mountChallenge(app, world);
  mountHostedInvoice(app, world);
  mountCreditNote(app, world);
  mountPortal(app, world);
  mountReceipt(app, world);
  mountControlPage(app, world);
  mountControl(app, world, reset);
  app.notFound((c) => c.html(notice('Nothing here', 'The sandbox has no page at this address.'), 404));
  app.onError((error) => {
    if (error instanceof StripeError) return refusal(error);
    throw error;
  });

  const tick = async () => {
    passTime(world);
    return deliverDue(world);
  };

  return {
    async answer(request) {
      passTime(world);
      return app.fetch(request);
    },
    tick,
    start() {
      const later = () => setImmediate(() => void tick());
      const timer = setInterval(() => void tick(), TICK_MS);
      timer.unref();
      listener = later;
      later();
      return () => {
        clearInterval(timer);
        listener = () => {};
      };
    },
    snapshot: () => ({ version: 1, clock: world.clock.state(), tables: world.store.snapshot() }),
    clock: world.clock,
    store: world.store,
    delivery: world.delivery,
    switches: world.switches,
  };
};
