import { WebhookEndpointById } from '@/lib/contracts/webhook-endpoint';
import { write } from '@/lib/http/route';
import { removeWebhookEndpoint } from '@/lib/services/remove-webhook-endpoint';

export const POST = write({
  body: WebhookEndpointById,
  answer: WebhookEndpointById,
  may: 'integrate',
  run: removeWebhookEndpoint,
});
