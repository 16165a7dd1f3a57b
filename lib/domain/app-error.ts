/** Every refusal that a caller can act on. Anything else thrown is a bug. */
export type ErrorCode =
  | 'malformed_request'
  | 'invalid_input'
  | 'idempotency_key_required'
  | 'idempotency_key_reused'
  | 'too_large'
  | 'signed_out'
  | 'unauthenticated'
  | 'insufficient_credits'
  | 'forbidden'
  | 'confirmation_required'
  | 'not_found'
  | 'unknown_service'
  | 'method_not_allowed'
  | 'conflict'
  | 'account_changed'
  | 'account_frozen'
  | 'bad_signature'
  | 'rate_limited'
  | 'overloaded'
  | 'payment_unavailable';

/** What a refusal says beside its sentence, for programs: the field that is wrong, or the numbers behind it. */
export type ErrorDetails = Readonly<Record<string, string | number>> & { readonly param?: string };

/** A refusal: a code for programs and one sentence for the person in front of the screen. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}
