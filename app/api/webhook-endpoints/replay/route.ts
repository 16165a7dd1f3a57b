import { WebhookDeliveryById } from '@/lib/contracts/webhook-endpoint';
import { write } from '@/lib/http/route';
import { replayWebhookDelivery } from '@/lib/services/replay-webhook-delivery';

export const POST = write({
  body: WebhookDeliveryById,
  answer: WebhookDeliveryById,
  may: 'integrate',
  limit: { name: 'webhook-replays', most: 60, seconds: 60 },
  run: replayWebhookDelivery,
});
