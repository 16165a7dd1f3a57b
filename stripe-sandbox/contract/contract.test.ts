import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { operations } from '../api';
import type { Fields, Param } from '../params';
import { aSandbox } from '../testing';
import { API_VERSION } from '../world';
import { faultsOfAnswer, faultsOfKind, operationAt, theContract } from './contract';
import type { Schema } from './derive';
import { notCards } from './served';

const served = operations.map((operation) => ({ name: `${operation.method} ${operation.path}`, operation }));

/** The named parameters of a schema, whichever of its branches has them. */
const named = (schema: Schema): Record<string, Schema> | null =>
  schema.properties ??
  (schema.items === undefined ? null : named(schema.items)) ??
  (schema.anyOf ?? []).map(named).find((found) => found !== null) ??
  null;

const isRefused = (param: Param<unknown>) => 'unmodelled' in param;
const isRemoved = (param: Param<unknown>) => 'removed' in param;

/** Where the sandbox and Stripe know different parameters. */
const differences = (takes: Fields, schema: Record<string, Schema>, path = ''): string[] => {
  const missing = Object.keys(schema).filter((name) => name !== 'expand' && takes[name] === undefined);
  const invented = Object.entries(takes).filter(
    ([name, param]) => schema[name] === undefined && !isRemoved(param),
  );
  const inner = Object.entries(takes).flatMap(([name, param]) => {
    const within = schema[name] === undefined ? null : named(schema[name]);
    if (within === null || param.takes === undefined || isRefused(param)) return [];
    return differences(param.takes, within, `${path}${name}.`);
  });
  return [
    ...missing.map((name) => `does not know ${path}${name}`),
    ...invented.map(([name]) => `invents ${path}${name}`),
    ...inner,
  ];
};

test('the sandbox speaks the version that the SDK pins', () => {
  expect(theContract().version).toBe(API_VERSION);
});

describe('every request', () => {
  test.each(served)('$name takes the parameters that Stripe takes', ({ operation }) => {
    const contract = operationAt(operation.method, operation.path);
    expect(contract).toBeDefined();
    expect(differences(operation.takes, contract?.params.properties ?? {})).toEqual([]);
  });
});

describe('every answer', () => {
  const answered = async () => {
    const { stripe, sandbox } = aSandbox();
    const { id } = await stripe.customers.create({ email: 'ada@example.org' });
    return { customer: sandbox.store.customers.get(id), path: `/v1/customers/${id}` };
  };

  test('is refused with an invented field, without a required one, or with a word that Stripe does not know', async () => {
    const { customer, path } = await answered();
    const faults = (body: object) => faultsOfAnswer('GET', path, 200, body).join('\n');
    expect(faults({ ...customer })).toBe('');
    expect(faults({ ...customer, nickname: 'Ada' })).toContain('invents nickname');
    expect(faults({ ...customer, livemode: undefined })).toContain("must have required property 'livemode'");
    expect(faults({ ...customer, tax_exempt: 'maybe' })).toContain('/tax_exempt is none of');
    expect(faultsOfAnswer('GET', '/v1/charms', 200, {})).toEqual(['Stripe has no GET /v1/charms']);
  });
});

const folder = process.env['STRIPE_GOLDENS'] ?? '';
const goldens = folder === '' ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Only what concerns cards: the contract leaves out the other ways to pay. */
const cardsOnly = (name: string, value: unknown): unknown => {
  if (name !== 'payment_method_options' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !notCards.has(key)));
};

/** What the pinned version added after the responses were recorded, and what follows from its absence. */
const newer = /must have required property '\w+'$|must be (string|null)$|must match a schema in anyOf$/;

describe('a response recorded from Stripe', () => {
  test.runIf(goldens.length > 0)('keeps to the contract but for what is newer', () => {
    const faults = goldens.flatMap((name) => {
      const golden = JSON.parse(readFileSync(join(folder, name), 'utf8'), cardsOnly) as {
        object?: string;
        error?: object;
        data?: { object: string }[];
      };
      const objects = golden.object === 'list' ? (golden.data ?? []) : [golden];
      return objects.flatMap((object) =>
        faultsOfKind(golden.error === undefined ? (object.object ?? '') : 'error', object)
          .filter((fault) => !newer.test(fault))
          .map((fault) => `${name}: ${fault}`),
      );
    });
    expect(faults).toEqual([]);
  });
});
