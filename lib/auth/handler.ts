import nextAuth from 'next-auth';

import { authOptions } from './options';

type Context = { params: Promise<{ nextauth: string[] }> };
type Handler = (request: Request, context: Context) => Promise<Response>;

let handler: Handler | undefined;

/** next-auth's own door: everything below /api/auth. */
export function answerAuth(request: Request, context: Context): Promise<Response> {
  handler ??= nextAuth(authOptions()) as Handler;
  return handler(request, context);
}
