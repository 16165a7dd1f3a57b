import { backFromBank } from '@/lib/http/recovery-return';

export const GET = backFromBank;
