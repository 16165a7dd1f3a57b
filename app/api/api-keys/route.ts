import { ApiKeyCreated, ApiKeys, CreateApiKey } from '@/lib/contracts/api-key';
import { Nothing } from '@/lib/contracts/nothing';
import { read, write } from '@/lib/http/route';
import { createApiKey } from '@/lib/services/create-api-key';
import { readApiKeys } from '@/lib/views/api-keys';

export const GET = read({ may: 'look', input: Nothing, answer: ApiKeys, run: readApiKeys });
export const POST = write({
  body: CreateApiKey,
  answer: ApiKeyCreated,
  may: 'integrate',
  isConfirmed: true,
  run: createApiKey,
});
