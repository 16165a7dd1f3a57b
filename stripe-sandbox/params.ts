import qs from 'qs';

import { invalidRequest, type StripeError } from './errors';
import type { Metadata } from './objects';

/** Reads one parameter out of a form: a value, or Stripe's refusal naming where it stood. */
export type Param<T> = ((value: unknown, path: string) => T) & {
  required?: boolean;
  /** The parameters inside this one, by name: what can be compared with what Stripe takes. */
  takes?: Fields;
};
export type Fields = Record<string, Param<unknown>>;
type RequiredOf<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];
export type Read<P> = P extends (...args: never[]) => infer T ? T : never;
type ReadFields<F extends Fields> = { [K in RequiredOf<F>]: Read<F[K]> } & {
  [K in Exclude<keyof F, RequiredOf<F>>]?: Read<F[K]>;
};

export type Form = Record<string, unknown>;

/** With its defaults qs stops at depth 5 and turns long arrays into objects, which corrupts Stripe's bodies. */
export const parseForm = (encoded: string): Form =>
  qs.parse(encoded, { depth: 20, arrayLimit: 1000, parameterLimit: 5000, allowDots: false });

const isObject = (value: unknown): value is Form =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (path: string, key: string | number) => (path === '' ? `${key}` : `${path}[${key}]`);

const emptied = (path: string): StripeError => {
  const leaf = path.replace(/^.*\[(.+)\]$/, '$1');
  return invalidRequest(
    `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${leaf}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param: path },
  );
};

/** What Stripe says to a request that leaves out what it needs. */
export const missing = (path: string): StripeError =>
  invalidRequest(`Missing required param: ${path}.`, { code: 'parameter_missing', param: path });

const string = (value: unknown, path: string): string => {
  if (typeof value !== 'string')
    throw invalidRequest(`Invalid string: ${JSON.stringify(value)}`, { param: path });
  if (value === '') throw emptied(path);
  if (value.trim() === '') {
    throw invalidRequest(`The value of '${path}' is blank: it needs more than whitespace.`, {
      code: 'parameter_invalid_string_blank',
      param: path,
    });
  }
  return value;
};

export const text =
  ({ max = 5000 }: { max?: number } = {}): Param<string> =>
  (value, path) => {
    const read = string(value, path);
    if (read.length > max) {
      throw invalidRequest(
        `Invalid string: ${read.slice(0, 10)}...${read.slice(-4)}; must be at most ${max} characters`,
        { param: path },
      );
    }
    return read;
  };

export const url = (): Param<string> => (value, path) => {
  const read = string(value, path);
  if (!/^https?:\/\/[^/?#\s]+/i.test(read))
    throw invalidRequest('Not a valid URL', { code: 'url_invalid', param: path });
  return read;
};

export const email = (): Param<string> => (value, path) => {
  const read = string(value, path);
  if (!/^[^\s@]+@[^\s@]+$/.test(read)) {
    throw invalidRequest(`Invalid email address: ${read}`, { code: 'email_invalid', param: path });
  }
  return read;
};

export const integer =
  ({ min = -Infinity, max = Infinity }: { min?: number; max?: number } = {}): Param<number> =>
  (value, path) => {
    const read = string(value, path);
    if (!/^-?\d+$/.test(read)) {
      throw invalidRequest(`Invalid integer: ${read}`, { code: 'parameter_invalid_integer', param: path });
    }
    const number = Number(read);
    if (number < min) {
      throw invalidRequest(`This value must be greater than or equal to ${min}.`, {
        code: 'parameter_invalid_integer',
        param: path,
      });
    }
    if (number > max) {
      throw invalidRequest(`This value must be less than or equal to ${max}.`, {
        code: 'parameter_invalid_integer',
        param: path,
      });
    }
    return number;
  };

/** A percentage with up to four decimal places. */
export const percent = (): Param<number> => (value, path) => {
  const read = string(value, path);
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(read) || Number(read) > 100) {
    throw invalidRequest('Invalid decimal: must be between 0 and 100, with at most four decimal places.', {
      param: path,
    });
  }
  return Number(read);
};

export const boolean = (): Param<boolean> => (value, path) => {
  const read = string(value, path);
  if (read !== 'true' && read !== 'false') throw invalidRequest(`Invalid boolean: ${read}`, { param: path });
  return read === 'true';
};

export const oneOf =
  <const T extends string>(...values: T[]): Param<T> =>
  (value, path) => {
    const read = string(value, path);
    const found = values.find((candidate) => candidate === read);
    if (found === undefined) {
      const last = values.at(-1) ?? '';
      const choices = values.length === 1 ? last : `one of ${values.slice(0, -1).join(', ')}, or ${last}`;
      throw invalidRequest(`Invalid ${path}: must be ${choices}`, { param: path });
    }
    return found;
  };

const taking = ({ takes }: Param<unknown>): { takes?: Fields } => (takes === undefined ? {} : { takes });

export const listOf = <T>(element: Param<T>): Param<T[]> =>
  Object.assign((value: unknown, path: string) => {
    if (value === '') throw emptied(path);
    if (!Array.isArray(value)) throw invalidRequest('Invalid array', { param: path });
    return value.map((item, index) => element(item, at(path, index)));
  }, taking(element));

/** An empty string means "unset", which is read as null. */
export const unset = <T>(param: Param<T>): Param<T | null> =>
  Object.assign((value: unknown, path: string) => (value === '' ? null : param(value, path)), taking(param));

export const required = <T>(param: Param<T>): Param<T> & { required: true } =>
  Object.assign((value: unknown, path: string) => param(value, path), {
    ...taking(param),
    required: true as const,
  });

/** Stripe takes one of several parameters, and not two. */
export const exclusive = (...names: string[]): StripeError =>
  invalidRequest(
    `You may only specify one of these parameters: ${names.join(', ')}.`,
    names[0] === undefined ? {} : { param: names[0] },
  );

/** A parameter that a newer version of the API took away, with what Stripe says to those who still send it. */
export const removed = (refusal: (path: string) => StripeError): Param<never> & { removed: true } =>
  Object.assign(
    (_value: unknown, path: string): never => {
      throw refusal(path);
    },
    { removed: true as const },
  );

/** A parameter that Stripe knows and the sandbox does not act on: refusing it is honest, ignoring it is not. */
export const unmodelled = <const K extends string>(...names: K[]): { [Name in K]: Param<never> } => {
  const refuse: Param<never> & { unmodelled: true } = Object.assign(
    (_value: unknown, path: string): never => {
      throw invalidRequest(`This sandbox does not model the parameter '${path}' yet.`, {
        code: 'sandbox_unmodelled_parameter',
        param: path,
      });
    },
    { unmodelled: true as const },
  );
  return Object.fromEntries<Param<never>>(names.map((name) => [name, refuse])) as {
    [Name in K]: Param<never>;
  };
};

export const shape = <const F extends Fields>(fields: F): Param<ReadFields<F>> => {
  const read: Param<ReadFields<F>> = (value, path) => {
    if (!isObject(value)) throw invalidRequest('Invalid object', { param: path });
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
    if (unknown.length > 0) {
      const names = unknown.map((key) => at(path, key));
      throw invalidRequest(`Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`, {
        code: 'parameter_unknown',
        ...(names[0] === undefined ? {} : { param: names[0] }),
      });
    }
    const values: Form = {};
    for (const [key, param] of Object.entries(fields)) {
      if (value[key] !== undefined) values[key] = param(value[key], at(path, key));
      else if (param.required === true) throw missing(at(path, key));
    }
    return values as ReadFields<F>;
  };
  return Object.assign(read, { takes: fields });
};

export type MetadataChange = Record<string, string> | null;

/** Metadata as it is sent: an empty value deletes its key, an empty string in place of the whole clears it. */
export const metadata = (): Param<MetadataChange> => (value, path) => {
  if (value === '') return null;
  if (!isObject(value)) throw invalidRequest('Invalid object', { param: path });
  const entries = Object.entries(value);
  for (const [key, content] of entries) {
    if (typeof content !== 'string') {
      throw invalidRequest('Metadata values must be strings', { param: at(path, key) });
    }
    if (key.length > 40) {
      throw invalidRequest(
        `Metadata keys must be at most 40 characters; you provided a key of ${key.length} characters: '${key}'`,
        { param: path },
      );
    }
    if (content.length > 500) {
      throw invalidRequest(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${content.length} characters. Invalid value: ${content}`,
        { param: at(path, key) },
      );
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
};

/** Merges sent metadata into what is kept, as every update in Stripe does. */
export const mergeMetadata = (kept: Metadata, change: MetadataChange | undefined): Metadata => {
  if (change === undefined) return kept;
  const merged = change === null ? {} : { ...kept, ...change };
  const remaining = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  if (Object.keys(remaining).length > 50) {
    throw invalidRequest('Metadata can have up to 50 keys', { param: 'metadata' });
  }
  return remaining;
};

export type Range = { gt?: number; gte?: number; lt?: number; lte?: number };

const bounds = shape({ gt: integer(), gte: integer(), lt: integer(), lte: integer() });

export const range = (): Param<Range> => {
  const read = (value: unknown, path: string): Range => {
    if (isObject(value)) return bounds(value, path);
    const exact = integer()(value, path);
    return { gte: exact, lte: exact };
  };
  return Object.assign(read, taking(bounds));
};

export const within = (value: number, { gt, gte, lt, lte }: Range = {}): boolean =>
  (gt === undefined || value > gt) &&
  (gte === undefined || value >= gte) &&
  (lt === undefined || value < lt) &&
  (lte === undefined || value <= lte);

const addressFields = {
  city: unset(text()),
  country: unset(text()),
  line1: unset(text()),
  line2: unset(text()),
  postal_code: unset(text()),
  state: unset(text()),
};
export const address = () => shape(addressFields);
