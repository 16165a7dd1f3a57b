import type { Fields, Form, Param } from './params';
import type { Context } from './world';

type PathIds<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathIds<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** One line of Stripe's reference: where it is asked, what it takes, what kind of object it answers with. */
export type Operation = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  answers: string;
  takes: Fields;
  /** Reads the parameters first, so that a refusal of them changes nothing and is not kept. */
  prepare(form: Form): (ctx: Context, ids: Record<string, string>) => object;
};

const operation =
  (method: Operation['method']) =>
  <const Path extends string, P>(
    path: Path,
    answers: string,
    params: Param<P>,
    run: (ctx: Context, params: P, ids: Record<PathIds<Path>, string>) => object,
  ): Operation => ({
    method,
    path,
    answers,
    takes: params.takes ?? {},
    prepare(form) {
      const read = params(form, '');
      return (ctx, ids) => run(ctx, read, ids);
    },
  });

export const get = operation('GET');
export const post = operation('POST');
export const del = operation('DELETE');
