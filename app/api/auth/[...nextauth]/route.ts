import { answerAuth } from '@/lib/auth/handler';
import { bounded } from '@/lib/http/bounded';

const answer = bounded(answerAuth);

export { answer as GET, answer as POST };
