export type Answer = {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- What the JSON says: each test knows what it expects there.
  body: any;
};
export type Asked = { key?: string; headers?: Record<string, string>; body?: unknown };

/** One request over HTTP, as JSON; a body that is text goes as it stands. */
export async function call(
  url: string,
  method: string,
  path: string,
  { key, headers, body }: Asked = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? null : JSON.parse(text),
  };
}
