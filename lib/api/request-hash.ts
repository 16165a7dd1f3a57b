import { createHash } from 'node:crypto';

/** Of what a request asks for: equal for equal meaning, in whatever order its fields came. */
export const requestHash = (endpoint: string, asked: object): Buffer =>
  createHash('sha256')
    .update(`${endpoint}\n${JSON.stringify(asked, inOrder)}`)
    .digest();

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
