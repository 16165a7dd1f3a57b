import { ApiKeyById } from '@/lib/contracts/api-key';
import { write } from '@/lib/http/route';
import { revokeApiKey } from '@/lib/services/revoke-api-key';

export const POST = write({
  body: ApiKeyById,
  answer: ApiKeyById,
  may: 'integrate',
  run: revokeApiKey,
});
