import { ApiKeyCreated, RotateApiKey } from '@/lib/contracts/api-key';
import { write } from '@/lib/http/route';
import { rotateApiKey } from '@/lib/services/rotate-api-key';

export const POST = write({
  body: RotateApiKey,
  answer: ApiKeyCreated,
  may: 'integrate',
  isConfirmed: true,
  run: rotateApiKey,
});
