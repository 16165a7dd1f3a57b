import { Nothing } from '@/lib/contracts/nothing';
import { write } from '@/lib/http/route';
import { resumeAutoTopUp } from '@/lib/services/resume-auto-top-up';

export const POST = write({ body: Nothing, answer: Nothing, may: 'buy', run: resumeAutoTopUp });
