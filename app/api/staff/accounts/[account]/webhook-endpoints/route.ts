import { Nothing } from '@/lib/contracts/nothing';
import { WebhookEndpoints } from '@/lib/contracts/webhook-endpoint';
import { staffRead } from '@/lib/http/staff-route';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';

export const GET = staffRead({
  page: 'webhooks',
  input: Nothing,
  answer: WebhookEndpoints,
  run: readWebhookEndpoints,
});
