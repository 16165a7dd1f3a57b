import { Members } from '@/lib/contracts/member';
import { Nothing } from '@/lib/contracts/nothing';
import { read } from '@/lib/http/route';
import { readMembers } from '@/lib/views/members';

export const GET = read({ may: 'look', input: Nothing, answer: Members, run: readMembers });
