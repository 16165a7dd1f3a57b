import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

import { deriveContract, sdkVersion, type Contract, type Schema } from './derive';

const folder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

const readOrDerive = (): Contract => {
  const file = `${folder}stripe-contract-${sdkVersion()}.json`;
  const sources = ['derive.ts', 'served.ts'].map((name) =>
    readFileSync(new URL(name, import.meta.url), 'utf8'),
  );
  const derivedBy = sources.join('\n');
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { derivedBy: string; contract: Contract };
    if (kept.derivedBy === derivedBy) return kept.contract;
  } catch {
    mkdirSync(folder, { recursive: true });
  }
  const contract = deriveContract();
  // Test files run side by side, and none may read what another is still writing.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ derivedBy, contract }));
  renameSync(draft, file);
  return contract;
};

let contract: Contract | null = null;
export const theContract = (): Contract => (contract ??= readOrDerive());

let ajv: Ajv | null = null;
const theAjv = (): Ajv => {
  if (ajv !== null) return ajv;
  ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, inlineRefs: false });
  ajv.addSchema({ $id: 'stripe', definitions: theContract().definitions });
  return ajv;
};

const compiled = new Map<string, ValidateFunction>();
const validatorOf = (name: string, schema: () => Schema): ValidateFunction => {
  const known = compiled.get(name) ?? theAjv().compile(schema());
  compiled.set(name, known);
  return known;
};

const sentence = ({ instancePath, keyword, params, message }: ErrorObject): string => {
  const given = params as Record<string, unknown>;
  if (keyword === 'additionalProperties')
    return `${instancePath} invents ${String(given['additionalProperty'])}`;
  if (keyword === 'enum') return `${instancePath} is none of ${String(given['allowedValues'])}`;
  return `${instancePath} ${message ?? keyword}`;
};

const faultsOf = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value) ? [] : [...new Set((validate.errors ?? []).map(sentence))];

/** What is wrong with an object of this kind, invented fields included. */
export const faultsOfKind = (kind: string, value: unknown): string[] =>
  theContract().definitions[kind] === undefined
    ? [`Stripe has no object '${kind}' here`]
    : faultsOf(
        validatorOf(kind, () => ({ $ref: `stripe#/definitions/${kind}` })),
        value,
      );

const pathLike = (path: string) => path.replaceAll(/\{\w+\}|:\w+/g, '*');

export const operationAt = (method: string, path: string) =>
  theContract().operations.find(
    (operation) => operation.method === method && pathLike(operation.path) === pathLike(path),
  );

const matches = (template: string, path: string) =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The operation that answers a request: an exact address is preferred to one with an id in it. */
const operationFor = (method: string, path: string) => {
  const { operations } = theContract();
  return (
    operations.find((operation) => operation.method === method && operation.path === path) ??
    operations.find((operation) => operation.method === method && matches(operation.path, path))
  );
};

/** What is wrong with an answer of the API to this request. */
export const faultsOfAnswer = (method: string, path: string, status: number, body: unknown): string[] => {
  if (status >= 400) return faultsOfKind('error', body);
  const operation = operationFor(method, path);
  if (operation === undefined) return [`Stripe has no ${method} ${path}`];
  return faultsOf(
    validatorOf(`${method} ${operation.path}`, () => operation.answer),
    body,
  );
};

export const isEventType = (type: string): boolean => theContract().events.includes(type);
