import { TestWebhookEndpoint } from '@/lib/contracts/webhook-endpoint';
import { write } from '@/lib/http/route';
import { testWebhookEndpoint } from '@/lib/services/test-webhook-endpoint';

export const POST = write({
  body: TestWebhookEndpoint,
  answer: TestWebhookEndpoint,
  may: 'integrate',
  // Each is a request to an address of the member's choice.
  limit: { name: 'webhook-tests', most: 20, seconds: 60 },
  run: testWebhookEndpoint,
});
