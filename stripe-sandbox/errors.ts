export type ErrorBody = { type: string; message: string } & Record<string, unknown>;

/** A refusal in Stripe's words. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly shouldRetry: boolean | null;
  /** Whether what was done before the refusal stands, as a decline and its failed charge do. */
  readonly keeps: boolean;

  constructor(status: number, body: ErrorBody, shouldRetry: boolean | null = null, keeps = status === 402) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.shouldRetry = shouldRetry;
    this.keeps = keeps;
  }
}

/** The wire broke: no answer reaches the caller, whether or not the work was done. */
export class ConnectionDropped extends Error {
  constructor() {
    super('The connection was dropped.');
  }
}

/** The same refusal, after which what was done stands. */
export const kept = ({ status, body, shouldRetry }: StripeError): StripeError =>
  new StripeError(status, body, shouldRetry, true);

export const docUrl = (code: string): string =>
  `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

export const invalidRequest = (
  message: string,
  { code, param, status = 400 }: { code?: string; param?: string; status?: number } = {},
): StripeError =>
  new StripeError(status, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code, doc_url: docUrl(code) }),
    ...(param === undefined ? {} : { param }),
  });

/** In a path it is a 404 about `id`; in a body or a query it is a 400 about the parameter that named it. */
export const noSuch = (kind: string, id: string, param = 'id'): StripeError =>
  invalidRequest(`No such ${kind}: '${id}'`, {
    code: 'resource_missing',
    param,
    status: param === 'id' ? 404 : 400,
  });

export const unauthorized = (message: string): StripeError => invalidRequest(message, { status: 401 });

/** Keys in alphabetical order all the way down, as Stripe prints its errors. */
export const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};
