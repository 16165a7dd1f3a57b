import { whoMay } from '@/lib/domain/member-role';

import { Card } from '../ui/card';

/** Instead of the endpoints, whose addresses may hold keys, for members whose work they are not. */
export function WebhooksNotShown() {
  return (
    <Card title="Webhooks">
      <p className="text-14 text-ink-2">
        {whoMay('integrate')} of this account look after them. Ask one of them.
      </p>
    </Card>
  );
}
