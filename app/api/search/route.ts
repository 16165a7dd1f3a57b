import { Found, SearchQuery } from '@/lib/contracts/search';
import { read } from '@/lib/http/route';
import { search } from '@/lib/views/search';

export const GET = read({ may: 'look', input: SearchQuery, answer: Found, run: search });
