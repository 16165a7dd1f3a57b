import { Nothing } from '@/lib/contracts/nothing';
import { SignInSessions } from '@/lib/contracts/sign-in-session';
import { read } from '@/lib/http/route';
import { readSignInSessions } from '@/lib/views/sign-in-sessions';

export const GET = read({ may: 'look', input: Nothing, answer: SignInSessions, run: readSignInSessions });
