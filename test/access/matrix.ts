import { randomUUID } from 'node:crypto';

import type { Ask } from './asked';
import { BUYERS, EVERYONE, INTEGRATORS, MEMBERS, OWNERS, SIGNED_IN, STAFF } from './principals';
import type { Row } from './rows';
import {
  leads,
  needs,
  open,
  type Operation,
  page,
  posts,
  reads,
  staffPage,
  staffPosts,
  staffReads,
  writes,
} from './rows';

/**
 * Who may what: every page, every route with each method, every operation of the public API. Whoever a line does not name
 * is refused. What is not here fails the tests, and so does what is here and nowhere else.
 */

const looking: Ask = async (own) => ({ path: { account: await own.account() } });
const lookingAtLine: Ask = async (own) => ({
  path: { account: await own.account(), seq: await own.entry() },
});

export const PAGES: Readonly<Record<string, Row>> = {
  '/': page(),
  '/activity': page(),
  '/activity/[seq]': page(MEMBERS, async (own) => ({ path: { seq: await own.entry() } })),
  '/auto-top-up': page(),
  '/buy': page(),
  '/buy/return': page(),
  '/confirm': page(['stale owner']),
  '/docs/api': page(EVERYONE),
  // Whoever still owes a code gives it first.
  '/invitations/[link]': page(
    EVERYONE.filter((visitor) => visitor !== 'owes a code'),
    () => ({ path: { link: 'of-nobody' } }),
    { elsewhere: '/sign-in/code' },
  ),
  '/invoices': page(),
  '/payment-methods': page(),
  '/prices': page(),
  '/recoveries/[id]': page(MEMBERS, async (own) => ({ path: { id: await own.recovery() } })),
  '/recovery/[link]': page(EVERYONE, () => ({ path: { link: 'of-nobody' } })),
  '/settings': page(),
  // Whoever is signed in has nothing to do there.
  '/sign-in': page(['anonymous', 'signed out', 'disabled', 'key holder']),
  '/sign-in/code': page(['owes a code']),
  '/sign-in/authenticator': page(SIGNED_IN),
  '/sign-in/check-mail': page(EVERYONE),
  '/sign-in/confirm': page(EVERYONE),
  '/staff': staffPage(),
  '/staff/accounts/[account]': staffPage(looking),
  '/staff/accounts/[account]/actions': staffPage(looking),
  '/staff/accounts/[account]/activity': staffPage(looking),
  '/staff/accounts/[account]/activity/[seq]': staffPage(lookingAtLine),
  '/staff/accounts/[account]/auto-top-up': staffPage(looking),
  '/staff/accounts/[account]/behind': staffPage(looking),
  '/staff/accounts/[account]/invoices': staffPage(looking),
  '/staff/accounts/[account]/notes': staffPage(looking),
  '/staff/accounts/[account]/usage': staffPage(looking),
  '/staff/accounts/[account]/webhooks': staffPage(looking),
  '/staff/actions': staffPage(),
  '/staff/audit-log': staffPage(),
  '/staff/health': staffPage(),
  '/staff/money': staffPage(),
  '/usage': page(),
  '/welcome': page(['removed', ...STAFF]),
};

const account = (own: { recovery: () => Promise<string> }) =>
  own.recovery().then((top_up) => ({ form: { top_up } }));
const DAY = '2026-11-01';

/** What changes something is tried in this order. */
const ofStaff = (status: number) => Object.fromEntries(STAFF.map((visitor) => [visitor, status]));

export const ROUTES: Readonly<Record<string, Row>> = {
  // Opens an account for somebody who has none; for a member it was done before.
  'POST /api/accounts': posts(SIGNED_IN, () => ({ form: { name: 'A new one' } })),
  'POST /api/accounts/switch': posts(SIGNED_IN, async (own) => ({ form: { account_id: await own.home() } }), {
    foreign: 303,
  }),
  'GET /api/activity': reads(),
  'GET /api/activity/[seq]': reads(MEMBERS, async (own) => ({ path: { seq: await own.entry() } })),
  'GET /api/activity/export': reads(MEMBERS, () => ({ query: { from: DAY, to: DAY } })),
  'GET /api/activity/shown': reads(),
  'GET /api/alerts': reads(),
  'POST /api/alerts': writes(MEMBERS, () => ({ json: { alert: 'low_balance', wanted: true } })),
  'POST /api/alerts/levels': writes(BUYERS, () => ({ json: { levels: null } })),
  'GET /api/api-keys': reads(),
  'POST /api/api-keys': writes(
    INTEGRATORS,
    () => ({ json: { id: randomUUID(), name: 'A new one', scopes: ['read'], expiresInDays: null } }),
    { isConfirmed: true },
  ),
  'POST /api/api-keys/rotate': writes(
    INTEGRATORS,
    async (own) => ({ json: { id: await own.apiKey(), newId: randomUUID(), overlapHours: 1 } }),
    { isConfirmed: true },
  ),
  'POST /api/api-keys/revoke': writes(INTEGRATORS, async (own) => ({ json: { id: await own.apiKey() } })),
  'GET /api/authenticator': reads(SIGNED_IN, undefined, { isStrict: false }),
  // next-auth's own door: what is behind it is tried in e2e/sign-in.spec.ts.
  'GET /api/auth/[...nextauth]': open(() => ({ path: { nextauth: 'csrf' } })),
  'POST /api/auth/[...nextauth]': open(() => ({ path: { nextauth: 'signout' } }), { status: 302 }),
  'GET /api/auto-top-up': reads(),
  'POST /api/auto-top-up': writes(BUYERS, async (own) => ({ json: await own.agreement() }), {
    isConfirmed: true,
  }),
  'GET /api/auto-top-up/card': reads(BUYERS),
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
  'GET /api/confirmation': reads(SIGNED_IN, undefined, { isStrict: false }),
  'POST /api/confirmation': writes(SIGNED_IN, () => ({ json: { way: 'mail', secret: 'wrong' } }), {
    status: 422,
  }),
  'POST /api/confirmation/form': posts(SIGNED_IN, () => ({
    form: { way: 'mail', secret: 'wrong', back: '/' },
  })),
  'POST /api/confirmation/mail': writes(SIGNED_IN, () => ({ json: {} })),
  'POST /api/confirmation/mail-form': posts(SIGNED_IN, () => ({ form: { back: '/' } })),
  'GET /api/credit-notes/[id]/pdf': leads(MEMBERS, async (own) => ({
    path: { id: await own.creditNote() },
  })),
  'POST /api/estimates': writes(MEMBERS, () => ({ json: { csv: 'service,seconds\ndubbing,60' } })),
  'GET /api/health': open(),
  'GET /api/invitations': reads(),
  'POST /api/invitations': writes(
    OWNERS,
    () => ({ json: { email: `${randomUUID()}@access.example`, role: 'viewer' } }),
    { isConfirmed: true },
  ),
  'POST /api/invitations/accept': posts(SIGNED_IN, () => ({ form: { link: 'of-nobody' } })),
  'POST /api/invitations/resend': writes(OWNERS, async (own) => ({ json: { id: await own.invitation() } }), {
    isConfirmed: true,
  }),
  'POST /api/invitations/revoke': writes(OWNERS, async (own) => ({ json: { id: await own.invitation() } })),
  'GET /api/invoices': reads(),
  'GET /api/invoices/[id]/[document]': leads(MEMBERS, async (own) => ({
    path: { id: await own.invoice(), document: 'pdf' },
  })),
  // Its address says only after which event; what else stands there is not looked at.
  'GET /api/live': reads(MEMBERS, undefined, { isStrict: false }),
  'GET /api/members': reads(),
  'POST /api/members/role': writes(
    OWNERS,
    async (own) => ({ json: { userId: await own.member(), role: 'billing' } }),
    { isConfirmed: true },
  ),
  'POST /api/members/remove': writes(OWNERS, async (own) => ({ json: { userId: await own.member() } }), {
    isConfirmed: true,
  }),
  'POST /api/portal': writes(BUYERS, () => ({ json: { purpose: 'everything' } })),
  // The link is mailed to the owner, and to nobody else.
  'POST /api/recovery/link': posts(BUYERS, account),
  'POST /api/recovery/new-card': posts(BUYERS, account),
  'POST /api/recovery/pay': posts(BUYERS, async (own) => ({
    form: { top_up: await own.recovery(), attempt: '2', card: await own.card() },
  })),
  'POST /api/recovery/go-on': posts(BUYERS, account),
  'POST /api/recovery/give-up': posts(BUYERS, account),
  'GET /api/search': reads(MEMBERS, () => ({ query: { text: 'canary' } })),
  'GET /api/sign-in-sessions': reads(),
  'POST /api/sign-in-sessions/revoke': writes(MEMBERS, async (own) => ({
    json: { which: await own.session() },
  })),
  'POST /api/sign-in-code': posts(EVERYONE, () => ({ form: { code: '000000', back: '/' } })),
  'POST /api/staff/accounts/[account]/actions': staffPosts(async (own) => ({
    ...(await looking(own)),
    form: { id: randomUUID(), kind: 'pause-auto-top-up', reason: 'A story.' },
  })),
  'POST /api/staff/accounts/[account]/actions/continue': staffPosts(async (own) => ({
    ...(await looking(own)),
    form: { id: randomUUID() },
  })),
  'POST /api/staff/accounts/[account]/actions/decide': staffPosts(async (own) => ({
    ...(await looking(own)),
    form: { id: randomUUID(), decision: 'approve', because: 'A story.' },
  })),
  'GET /api/staff/accounts/[account]/activity': staffReads(looking),
  'GET /api/staff/accounts/[account]/activity/[seq]': staffReads(lookingAtLine),
  'GET /api/staff/accounts/[account]/activity/shown': staffReads(looking),
  'GET /api/staff/accounts/[account]/auto-top-up': staffReads(looking),
  'GET /api/staff/accounts/[account]/auto-top-up/card': staffReads(looking),
  'GET /api/staff/accounts/[account]/balance': staffReads(looking),
  'GET /api/staff/accounts/[account]/invoices': staffReads(looking),
  'POST /api/staff/accounts/[account]/notes': staffPosts(async (own) => ({
    ...(await looking(own)),
    form: { id: randomUUID(), text: 'A story.' },
  })),
  // Ends on the page that says why where the purchase is none of the account's.
  'POST /api/staff/accounts/[account]/repair': staffPosts(async (own) => ({
    ...(await looking(own)),
    form: { topUpId: randomUUID(), reason: 'A story.' },
  })),
  'GET /api/staff/accounts/[account]/usage': staffReads(looking),
  'GET /api/staff/accounts/[account]/webhook-endpoints': staffReads(looking),
  'GET /api/staff/audit-log': staffReads(),
  'GET /api/statements': reads(),
  'GET /api/statements/[month]': reads(MEMBERS, () => ({ path: { month: DAY.slice(0, 7) } })),
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
  'GET /api/webhook-endpoints': reads(INTEGRATORS),
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
  // Staff have one already, and would owe it to the console once it is gone; so they come after their pages.
  'POST /api/authenticator/begin': writes(SIGNED_IN, () => ({ json: {} }), {
    isConfirmed: true,
    answered: ofStaff(409),
  }),
  // A wrong code; the right one is in the stories of second factors, as is what comes after it.
  'POST /api/authenticator/confirm': writes(SIGNED_IN, () => ({ json: { code: '000000' } }), {
    isConfirmed: true,
    status: 422,
    answered: ofStaff(409),
  }),
  'POST /api/authenticator/backup-codes': writes(SIGNED_IN, () => ({ json: {} }), {
    isConfirmed: true,
    status: 409,
    answered: ofStaff(200),
  }),
  'POST /api/authenticator/remove': writes(SIGNED_IN, () => ({ json: {} }), { isConfirmed: true }),
  // At last, because they are gone then. An account's only owner stays.
  'POST /api/members/leave': writes(MEMBERS, () => ({ json: {} }), {
    but: { 'frozen owner': 409, stranger: 409 },
  }),
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
