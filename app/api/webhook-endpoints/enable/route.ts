import { WebhookEndpointById } from '@/lib/contracts/webhook-endpoint';
import { write } from '@/lib/http/route';
import { enableWebhookEndpoint } from '@/lib/services/enable-webhook-endpoint';

export const POST = write({
  body: WebhookEndpointById,
  answer: WebhookEndpointById,
  may: 'integrate',
  run: enableWebhookEndpoint,
});
