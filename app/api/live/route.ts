import { live } from '@/lib/http/live';

export const GET = live;
