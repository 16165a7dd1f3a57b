/** Every refusal that a caller can act on. Anything else thrown is a bug. */
export type ErrorCode =
  | 'invalid_input'
  | 'signed_out'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'bad_signature'
  | 'payment_unavailable';

/** A refusal: a code for programs and one sentence for the person in front of the screen. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}
