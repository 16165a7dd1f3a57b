import type { Ctx } from '@/lib/db/context';
import { database } from '@/lib/db/database';

/** For pages that a mailed link opens: what is looked up by it, and not by who looks. */
export const contextOfNobody = (): Ctx => ({ db: database(), now: new Date() });
