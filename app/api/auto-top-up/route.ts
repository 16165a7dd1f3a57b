import { AutoTopUp, AutoTopUpSet, SetAutoTopUp } from '@/lib/contracts/auto-top-up';
import { Nothing } from '@/lib/contracts/nothing';
import { read, write } from '@/lib/http/route';
import { setAutoTopUp } from '@/lib/services/set-auto-top-up';
import { readAutoTopUpOfMember } from '@/lib/views/auto-top-up-of-member';

export const GET = read({ may: 'look', input: Nothing, answer: AutoTopUp, run: readAutoTopUpOfMember });

export const POST = write({
  body: SetAutoTopUp,
  answer: AutoTopUpSet,
  may: 'buy',
  isConfirmed: true,
  run: (ctx, wanted) => setAutoTopUp({ ...ctx, apiKeyId: null }, wanted),
});
