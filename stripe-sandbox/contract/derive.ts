import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { isServed, isServedKind, notCards } from './served';

export type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: (string | number | null)[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
};

type ContractOperation = { method: string; path: string; params: Schema; answer: Schema };
export type Contract = {
  version: string;
  /** The types of event that Stripe tells. */
  events: string[];
  operations: ContractOperation[];
  definitions: Record<string, Schema>;
};

type Found = { file: string; className: string; name: string; method: string; path: string };

const sdk = fileURLToPath(new URL('../../node_modules/stripe', import.meta.url));
const esm = join(sdk, 'esm');

export const sdkVersion = (): string => {
  const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as { version: string };
  return version;
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.js') ? [path] : [];
  });

const declaration =
  /export class (\w+) extends|^ {4}(\w+)\([^)]*\) \{\s*\n\s*return this\._makeRequest\('(\w+)', [`']([^`']+)[`']/gm;

/** Every call of the SDK and the address it asks, read from the SDK's own code. */
const findOperations = (): Found[] =>
  sources(join(esm, 'resources')).flatMap((file) => {
    let className = '';
    return [...readFileSync(file, 'utf8').matchAll(declaration)].flatMap(
      ([, named, name, method, address]) => {
        if (named !== undefined) className = named;
        if (name === undefined || method === undefined || address === undefined) return [];
        const path = address.replaceAll(/\$\{encodeURIComponent\((\w+)\)\}/g, '{$1}');
        if (!isServed(path)) return [];
        return [{ file: file.replace(/\.js$/, '.d.ts'), className, name, method, path }];
      },
    );
  });

const declared = (name: string) => readFileSync(join(esm, 'resources', name), 'utf8');

const eventTypes = (): string[] =>
  [...declared('Events.d.ts').matchAll(/^ {4}type: '([a-z_.]+)'/gm)].map(([, type = '']) => type);

/** Every code that an error may carry, from the longest list of them in the SDK. */
const errorCodes = (): string[] => {
  const list = /type Code = ([^;]+)\| OtherString;/.exec(declared('SetupIntents.d.ts'))?.[1] ?? '';
  return [...list.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
};

const has = (type: ts.Type, flag: ts.TypeFlags) => (type.flags & flag) !== 0;
const isAbsent = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isAbsent) : has(type, ts.TypeFlags.Undefined | ts.TypeFlags.Void);
/** The SDK's `OtherString`: any text, beside the values it knows. */
const isOpen = (type: ts.Type) =>
  type.isIntersection() && type.types.some((part) => has(part, ts.TypeFlags.String));
const isDecimal = (type: ts.Type) =>
  type.getProperty('isZero') !== undefined && type.getProperty('toString') !== undefined;

const nullable = (schema: Schema): Schema => {
  if (typeof schema.type === 'string' && schema.anyOf === undefined) {
    return {
      ...schema,
      type: [schema.type, 'null'],
      ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }),
    };
  }
  return { anyOf: [...(schema.anyOf ?? [schema]), { type: 'null' }] };
};

const anyOf = (schemas: Schema[]): Schema => {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
};

const event: Schema = {
  type: 'object',
  required: [
    'id',
    'object',
    'api_version',
    'created',
    'data',
    'livemode',
    'pending_webhooks',
    'request',
    'type',
  ],
  additionalProperties: false,
  properties: {
    id: { type: 'string' },
    object: { type: 'string', enum: ['event'] },
    api_version: { type: 'string' },
    created: { type: 'integer' },
    data: {
      type: 'object',
      required: ['object'],
      additionalProperties: false,
      properties: { object: { type: 'object' }, previous_attributes: { type: 'object' } },
    },
    livemode: { type: 'boolean' },
    pending_webhooks: { type: 'integer' },
    request: {
      type: ['object', 'null'],
      required: ['id', 'idempotency_key'],
      additionalProperties: false,
      properties: { id: { type: ['string', 'null'] }, idempotency_key: { type: ['string', 'null'] } },
    },
    type: { type: 'string' },
  },
};

const words = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const things = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: 'object' }]));
/** Codes that Stripe answers with and the SDK's list leaves out; the last is the sandbox's own. */
const unlisted = [
  'payment_method_types_no_longer_supported',
  'property_expansion_max_depth',
  'raw_card_data_not_allowed',
  'sandbox_unmodelled_parameter',
];

const error = (codes: string[]): Schema => ({
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['type', 'message'],
      additionalProperties: false,
      properties: {
        type: {
          type: 'string',
          enum: ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'],
        },
        code: { type: 'string', enum: [...codes, ...unlisted] },
        ...words('decline_code', 'message', 'param', 'doc_url', 'request_log_url', 'charge'),
        ...words('advice_code', 'network_advice_code', 'network_decline_code', 'payment_method_type'),
        ...things('payment_intent', 'payment_method', 'setup_intent'),
      },
    },
  },
});

const listOf = (items: Schema): Schema => ({
  type: 'object',
  required: ['object', 'data', 'has_more', 'url'],
  additionalProperties: false,
  properties: {
    object: { type: 'string', enum: ['list'] },
    data: { type: 'array', items },
    has_more: { type: 'boolean' },
    url: { type: 'string' },
    total_count: { type: 'integer' },
  },
});

/** Fields that Stripe sends and the SDK's types hide. */
const untyped: Record<string, Record<string, Schema>> = {
  charge: { dispute: { type: ['string', 'null'] }, destination: { type: 'null' }, order: { type: 'null' } },
  invoice: { webhooks_delivered_at: { type: ['integer', 'null'] } },
};

/** What Stripe takes and answers, at exactly the version that the installed SDK pins: its types are generated from Stripe's own description. */
export const deriveContract = (): Contract => {
  const found = findOperations();
  const program = ts.createProgram([...new Set(found.map(({ file }) => file))], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const definitions: Record<string, Schema> = {};
  const pending: [string, ts.Type][] = [];

  const literalOf = (type: ts.Type, name: string): string | null => {
    const property = type.getProperty(name);
    const of = property === undefined ? null : checker.getTypeOfSymbol(property);
    return of?.isStringLiteral() === true ? of.value : null;
  };
  const isOptional = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Optional) !== 0;

  const kindOf = (type: ts.Type): string | null => {
    const kind = literalOf(type, 'object');
    if (kind === null || kind === 'list' || kind === 'search_result') return null;
    const deleted = type.getProperty('deleted');
    return deleted !== undefined && !isOptional(deleted) ? `deleted_${kind}` : kind;
  };

  const define = (kind: string, type: ts.Type): Schema => {
    if (!isServedKind(kind)) return { type: 'object' };
    if (definitions[kind] === undefined) {
      definitions[kind] = {};
      pending.push([kind, type]);
    }
    return { $ref: `stripe#/definitions/${kind}` };
  };

  const fromUnion = (union: ts.UnionType, isParam: boolean, depth: number): Schema => {
    const parts = union.types.filter((part) => !isAbsent(part) && !has(part, ts.TypeFlags.Null));
    const isNullable = union.types.some((part) => has(part, ts.TypeFlags.Null));
    const finish = (schemas: Schema[]) => (isNullable ? nullable(anyOf(schemas)) : anyOf(schemas));
    const known = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
    const rest = parts.filter(
      (part) => !part.isStringLiteral() && !isOpen(part) && !has(part, ts.TypeFlags.BooleanLike),
    );
    const mayBeId = rest.some((part) => has(part, ts.TypeFlags.String));
    const schemas: Schema[] = [];
    if (known.length > 0 && !mayBeId) schemas.push({ type: 'string', enum: known });
    else if (parts.some(isOpen)) schemas.push({ type: 'string' });
    if (parts.some((part) => has(part, ts.TypeFlags.BooleanLike))) schemas.push({ type: 'boolean' });
    for (const part of rest) {
      const kind = isParam ? null : kindOf(part);
      if (kind === null || !mayBeId || isServedKind(kind)) schemas.push(convert(part, isParam, depth + 1));
    }
    return finish(schemas);
  };

  const convert = (type: ts.Type, isParam: boolean, depth: number): Schema => {
    if (depth > 14 || has(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (has(type, ts.TypeFlags.BooleanLike) && !type.isUnion()) return { type: 'boolean' };
    if (isOpen(type)) return { type: 'string' };
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.isNumberLiteral()) return { type: 'integer', enum: [type.value] };
    if (has(type, ts.TypeFlags.String)) return { type: 'string' };
    if (has(type, ts.TypeFlags.Number)) return { type: 'number' };
    if (type.isUnion()) return fromUnion(type, isParam, depth);
    if (isDecimal(type)) return { type: 'string' };
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: element === undefined ? {} : convert(element, isParam, depth + 1) };
    }
    const kind = isParam ? null : kindOf(type);
    return kind === null ? fromObject(type, isParam, depth) : define(kind, type);
  };

  const fromObject = (type: ts.Type, isParam: boolean, depth: number): Schema => {
    const [index] = checker.getIndexInfosOfType(type);
    const all = type.getProperties();
    if (all.length === 0 && index !== undefined) {
      return { type: 'object', additionalProperties: convert(index.type, isParam, depth + 1) };
    }
    const names = new Set(all.map(({ name }) => name));
    const offersMethods =
      all.length > 15 && names.has('card') && (names.has('klarna') || names.has('acss_debit'));
    const isNextAction = all.length > 12 && names.has('redirect_to_url');
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of all) {
      if (property.name === 'lastResponse' || (property.flags & ts.SymbolFlags.Method) !== 0) continue;
      if (offersMethods && notCards.has(property.name)) continue;
      if (isNextAction && !['type', 'redirect_to_url', 'use_stripe_sdk'].includes(property.name)) continue;
      const of = checker.getTypeOfSymbol(property);
      if (of.getCallSignatures().length > 0 || isAbsent(of)) continue;
      properties[property.name] = convert(of, isParam, depth + 1);
      if (!isOptional(property)) required.push(property.name);
    }
    // Stripe counts the lists inside its objects, and the types do not say so.
    if (literalOf(type, 'object') === 'list') properties['total_count'] = { type: 'integer' };
    return {
      type: 'object',
      properties,
      additionalProperties: false,
      ...(required.length === 0 ? {} : { required }),
    };
  };

  const argumentsOf = (type: ts.Type): readonly ts.Type[] =>
    type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference);

  const fromAnswer = (type: ts.Type): Schema => {
    const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? '';
    if (/Promise$|^Response$/.test(name)) {
      const [inner] = argumentsOf(type);
      if (inner === undefined) return {};
      return name === 'ApiListPromise' ? listOf(convert(inner, false, 0)) : fromAnswer(inner);
    }
    if (type.isIntersection()) {
      const part = type.types.find(
        (candidate) => candidate.isUnion() || candidate.getProperty('object') !== undefined,
      );
      if (part !== undefined) return fromAnswer(part);
    }
    if (type.isUnion()) {
      const schemas = type.types.map((part) => JSON.stringify(fromAnswer(part)));
      return anyOf([...new Set(schemas)].map((schema) => JSON.parse(schema) as Schema));
    }
    return convert(type, false, 0);
  };

  const signatureOf = ({ file, className, name }: Found): ts.Signature | undefined => {
    const source = program.getSourceFile(file);
    const owner = source?.statements.find(
      (statement): statement is ts.ClassDeclaration =>
        ts.isClassDeclaration(statement) && statement.name?.text === className,
    );
    const method = owner?.members.find((member) => member.name?.getText(source) === name);
    return method !== undefined && ts.isMethodDeclaration(method)
      ? checker.getSignatureFromDeclaration(method)
      : undefined;
  };

  const paramsOf = (signature: ts.Signature): Schema => {
    const parameter = signature.getParameters().find(({ name }) => name === 'params');
    const given = parameter === undefined ? undefined : checker.getTypeOfSymbol(parameter);
    const type = given?.isUnion() === true ? given.types.find((part) => !isAbsent(part)) : given;
    return type === undefined
      ? { type: 'object', properties: {}, additionalProperties: false }
      : fromObject(type, true, 0);
  };

  const operations = found.flatMap((operation): ContractOperation[] => {
    const signature = signatureOf(operation);
    if (signature === undefined) return [];
    const { method, path } = operation;
    return [{ method, path, params: paramsOf(signature), answer: fromAnswer(signature.getReturnType()) }];
  });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [kind, type] = next;
    const schema = fromObject(type, false, 0);
    definitions[kind] = { ...schema, properties: { ...schema.properties, ...untyped[kind] } };
  }
  const version = /ApiVersion = '([^']+)'/.exec(readFileSync(join(esm, 'apiVersion.js'), 'utf8'))?.[1] ?? '';
  const known = {
    ...event,
    properties: { ...event.properties, type: { type: 'string', enum: eventTypes() } },
  };
  const definitionsOfAll = { ...definitions, event: known, error: error(errorCodes()) };
  return { version, events: eventTypes(), operations, definitions: definitionsOfAll };
};
