import { Nothing } from '@/lib/contracts/nothing';
import { AddWebhookEndpoint, WebhookEndpoints, WebhookSecret } from '@/lib/contracts/webhook-endpoint';
import { read, write } from '@/lib/http/route';
import { addWebhookEndpoint } from '@/lib/services/add-webhook-endpoint';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';

export const GET = read({
  may: 'integrate',
  input: Nothing,
  answer: WebhookEndpoints,
  run: readWebhookEndpoints,
});
export const POST = write({
  body: AddWebhookEndpoint,
  answer: WebhookSecret,
  may: 'integrate',
  run: addWebhookEndpoint,
});
