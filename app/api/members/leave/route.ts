import { MemberById } from '@/lib/contracts/member';
import { Nothing } from '@/lib/contracts/nothing';
import { write } from '@/lib/http/route';
import { removeMember } from '@/lib/services/remove-member';

export const POST = write({
  body: Nothing,
  answer: MemberById,
  may: 'act-for-themselves',
  run: (ctx) => removeMember(ctx, { userId: ctx.userId }),
});
