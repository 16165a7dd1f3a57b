import sql from 'sql-template-tag';

import { database } from '@/lib/db/database';

import { toErrorResponse } from './errors';

/** 200 when this process can serve: it runs, and its database answers. */
export async function health(): Promise<Response> {
  try {
    await database().query(sql`SELECT 1`);
    return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return toErrorResponse(error);
  }
}
