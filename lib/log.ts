import { pino } from 'pino';

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'token',
  'secret',
  'stripeSignature',
  'clientSecret',
  'checkoutUrl',
];

/** One JSON line an event. What looks like a credential is never written, wherever in the line it stands. */
export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    censor: '[redacted]',
  },
});
