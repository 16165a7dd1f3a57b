import { WebhookEndpointById, WebhookSecret } from '@/lib/contracts/webhook-endpoint';
import { write } from '@/lib/http/route';
import { rollWebhookSecret } from '@/lib/services/roll-webhook-secret';

export const POST = write({
  body: WebhookEndpointById,
  answer: WebhookSecret,
  may: 'integrate',
  run: rollWebhookSecret,
});
