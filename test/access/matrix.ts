import { randomUUID } from 'node:crypto';

import { BUYERS, EVERYONE, INTEGRATORS, MEMBERS, SIGNED_IN } from './principals';
import type { Row } from './rows';
import { leads, needs, open, type Operation, page, posts, reads, writes } from './rows';

/**
 * Who may what: every page, every route with each method, every operation of the public API. Whoever a line does not name
 * is refused. What is not here fails the tests, and so does what is here and nowhere else.
 */

export const PAGES: Readonly<Record<string, Row>> = {
  '/': page(),
  '/activity': page(),
  '/activity/[seq]': page(MEMBERS, async (own) => ({ path: { seq: await own.entry() } })),
  '/auto-top-up': page(),
  '/buy': page(),
  '/buy/return': page(),
  '/docs/api': page(EVERYONE),
  '/invoices': page(),
  '/payment-methods': page(),
  '/prices': page(),
  '/recoveries/[id]': page(MEMBERS, async (own) => ({ path: { id: await own.recovery() } })),
  '/recovery/[link]': page(EVERYONE, () => ({ path: { link: 'of-nobody' } })),
  '/settings': page(),
  // Whoever is signed in has nothing to do there.
  '/sign-in': page(['anonymous', 'signed out', 'disabled', 'key holder']),
  '/sign-in/check-mail': page(EVERYONE),
  '/sign-in/confirm': page(EVERYONE),
  '/usage': page(),
  '/welcome': page(['removed']),
};

const account = (own: { recovery: () => Promise<string> }) =>
  own.recovery().then((top_up) => ({ form: { top_up } }));
const DAY = '2026-11-01';

/** What changes something is tried in this order. */
export const ROUTES: Readonly<Record<string, Row>> = {
  // Opens an account for somebody who has none; for a member it was done before.
  'POST /api/accounts': posts(SIGNED_IN, () => ({ form: { name: 'A new one' } })),
  'GET /api/activity': reads(),
  'GET /api/activity/[seq]': reads(MEMBERS, async (own) => ({ path: { seq: await own.entry() } })),
  'GET /api/activity/export': reads(MEMBERS, () => ({ query: { from: DAY, to: DAY } })),
  'GET /api/activity/shown': reads(),
  'GET /api/alerts': reads(),
  'POST /api/alerts': writes(MEMBERS, () => ({ json: { alert: 'low_balance', wanted: true } })),
  'POST /api/alerts/levels': writes(BUYERS, () => ({
    json: { levels: { warning: '2000000', critical: '1000000' } },
  })),
  'GET /api/api-keys': reads(),
  'POST /api/api-keys': writes(INTEGRATORS, () => ({
    json: { id: randomUUID(), name: 'A new one', scopes: ['read'], expiresInDays: null },
  })),
  'POST /api/api-keys/revoke': writes(INTEGRATORS, async (own) => ({ json: { id: await own.apiKey() } })),
  'POST /api/api-keys/rotate': writes(INTEGRATORS, async (own) => ({
    json: { id: await own.apiKey(), newId: randomUUID(), overlapHours: 1 },
  })),
  // next-auth's own door: what is behind it is tried in e2e/sign-in.spec.ts.
  'GET /api/auth/[...nextauth]': open(() => ({ path: { nextauth: 'csrf' } })),
  'POST /api/auth/[...nextauth]': open(() => ({ path: { nextauth: 'signout' } }), { status: 302 }),
  'GET /api/auto-top-up': reads(),
  'POST /api/auto-top-up': writes(BUYERS, async (own) => ({ json: await own.agreement() })),
  'GET /api/auto-top-up/card': reads(),
  'GET /api/auto-top-up/lived': reads(),
  'POST /api/auto-top-up/resume': writes(BUYERS, async (own) => {
    await own.mayGoOn();
    return { json: {} };
  }),
  'GET /api/balance': reads(),
  'GET /api/cards': reads(BUYERS),
  'POST /api/cards/add': writes(BUYERS, () => ({ json: { id: randomUUID() } })),
  'POST /api/cards/default': writes(BUYERS, async (own) => ({ json: { id: await own.card() } })),
  'GET /api/cards/expiring': reads(BUYERS),
  'POST /api/cards/remove': writes(BUYERS, async (own) => ({ json: { id: await own.card() } })),
  'GET /api/credit-notes/[id]/pdf': leads(MEMBERS, async (own) => ({
    path: { id: await own.creditNote() },
  })),
  'POST /api/estimates': writes(MEMBERS, () => ({ json: { csv: 'service,seconds\ndubbing,60' } })),
  'GET /api/health': open(),
  'GET /api/invoices': reads(),
  'GET /api/invoices/[id]/[document]': leads(MEMBERS, async (own) => ({
    path: { id: await own.invoice(), document: 'pdf' },
  })),
  'GET /api/live': reads(),
  'POST /api/portal': writes(BUYERS, () => ({ json: { purpose: 'everything' } })),
  // The link is mailed to the owner, and to nobody else.
  'POST /api/recovery/link': posts(BUYERS, account),
  'POST /api/recovery/new-card': posts(BUYERS, account),
  'POST /api/recovery/pay': posts(BUYERS, async (own) => ({
    form: { top_up: await own.recovery(), attempt: '2', card: await own.card() },
  })),
  'POST /api/recovery/give-up': posts(BUYERS, account),
  'GET /api/search': reads(MEMBERS, () => ({ query: { text: 'podcast-112.wav' } })),
  'GET /api/sign-in-sessions': reads(),
  'POST /api/sign-in-sessions/revoke': writes(MEMBERS, async (own) => ({
    json: { which: await own.session() },
  })),
  // Signed by Stripe; nothing else is believed: e2e/webhook.spec.ts.
  'POST /api/stripe/webhook': open(() => ({ json: { id: 'evt_of_nobody' } }), { status: 400 }),
  'GET /api/time-zone': reads(),
  'POST /api/time-zone': writes(BUYERS, () => ({ json: { timeZone: 'Europe/Berlin' } })),
  'POST /api/top-ups': writes(BUYERS, () => ({
    json: { id: randomUUID(), packageId: '500', savesCard: false },
  })),
  'GET /api/top-ups/[id]': reads(MEMBERS, async (own) => ({ path: { id: await own.topUp() } })),
  'GET /api/usage': reads(),
  // The public API, below, asks for keys: a cookie opens nothing there.
  'GET /api/v1/[...path]': open(() => ({ path: { path: 'nowhere' } }), { status: 404 }),
  'POST /api/v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'PUT /api/v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'PATCH /api/v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'DELETE /api/v1/[...path]': open(() => ({ path: { path: 'nowhere' } }), { status: 404 }),
  'GET /api/webhook-endpoints': reads(),
  'POST /api/webhook-endpoints': writes(INTEGRATORS, () => ({
    json: { id: randomUUID(), url: 'https://hooks.example/', topics: ['operation.ready'] },
  })),
  'POST /api/webhook-endpoints/enable': writes(INTEGRATORS, async (own) => ({
    json: { id: await own.endpoint() },
  })),
  'POST /api/webhook-endpoints/remove': writes(INTEGRATORS, async (own) => ({
    json: { id: await own.endpoint() },
  })),
  'POST /api/webhook-endpoints/replay': writes(INTEGRATORS, async (own) => ({ json: await own.delivery() })),
  'POST /api/webhook-endpoints/roll': writes(INTEGRATORS, async (own) => ({
    json: { id: await own.endpoint() },
  })),
  'POST /api/webhook-endpoints/test': writes(INTEGRATORS, async (own) => ({
    json: { id: await own.endpoint(), testId: randomUUID() },
  })),
  // Finds the link of the browser that left, in its cookie; without one it says so.
  'GET /recovery/back/[id]': open(() => ({ path: { id: randomUUID() } }), { status: 303 }),
  'GET /v1/[...path]': open(() => ({ path: { path: 'nowhere' } }), { status: 404 }),
  'POST /v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'PUT /v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'PATCH /v1/[...path]': open(() => ({ path: { path: 'nowhere' }, json: {} }), { status: 404 }),
  'DELETE /v1/[...path]': open(() => ({ path: { path: 'nowhere' } }), { status: 404 }),
};

const WORK = { service: 'dubbing', quantities: { seconds: 180 } };
const RULE = { threshold: '500', target: '5000', monthly_limit_cents: '10000' };
const unique = () => randomUUID();

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /ads/generate': needs('meter', () => ({ json: { format: 'static' } }), 'dessert'),
  'POST /assets': needs('meter', () => ({ json: { reference: unique() } }), 'roughy'),
  'GET /assets/{id}': needs('read', async (own) => ({ path: { id: await own.asset() } }), 'roughy'),
  'POST /auth/token': needs(null, async (own) => ({ json: await own.credentials() })),
  'GET /balance': needs('read'),
  'GET /billing/auto-top-up': needs('read'),
  'PUT /billing/auto-top-up': needs('billing', () => ({
    json: { ...RULE, enabled: false, payment_method: null },
  })),
  'POST /billing/auto-top-up/replay': needs('read', () => ({ json: { ...RULE, days: 30 } })),
  'POST /billing/checkout-sessions': needs('billing', () => ({
    json: { package: '5000' },
    headers: { 'idempotency-key': unique() },
  })),
  'POST /billing/portal-sessions': needs('billing', () => ({ json: {} })),
  'POST /charges': needs('meter', () => ({ json: { ...WORK, reference: unique() } })),
  'POST /charges/batch': needs('meter', () => ({ json: { charges: [{ ...WORK, reference: unique() }] } })),
  'GET /credits': needs('read', undefined, 'audiopod'),
  'GET /credits/balance': needs('read'),
  'GET /credits/history': needs('read'),
  'GET /credits/multipliers': needs('read', undefined, 'audiopod'),
  'POST /credits/payg/create-checkout-session': needs(
    'billing',
    () => ({ json: { amount_usd: 50 } }),
    'audiopod',
  ),
  'GET /credits/payg/info': needs('read', undefined, 'audiopod'),
  'GET /credits/usage': needs('read', undefined, 'audiopod'),
  'GET /operations': needs('read'),
  'POST /operations': needs('meter', () => ({ json: { ...WORK, reference: unique() } })),
  'GET /operations/{id}': needs('read', async (own) => ({ path: { id: await own.operation() } })),
  'POST /operations/{id}/complete': needs('meter', async (own) => ({
    path: { id: await own.operation() },
    json: {},
  })),
  'POST /operations/{id}/fail': needs('meter', async (own) => ({
    path: { id: await own.operation() },
    json: {},
  })),
  'POST /quotes': needs('read', () => ({ json: WORK })),
  'POST /sessions': needs(
    'meter',
    () => ({ json: { service: 'streaming', reference: unique() } }),
    'assemblyai',
  ),
  'POST /sessions/{id}/heartbeat': needs(
    'meter',
    async (own) => ({ path: { id: await own.session() }, json: {} }),
    'assemblyai',
  ),
  'POST /sessions/{id}/terminate': needs(
    'meter',
    async (own) => ({ path: { id: await own.session() }, json: {} }),
    'assemblyai',
  ),
  'GET /usage': needs('read'),
  'GET /usage/events': needs('read'),
  'GET /usage/summary': needs('read', () => ({ query: { days: '30' } })),
};
