import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';

type WebhookSecretProps = { secret: string; onClose: () => void };

/** The one time that anyone sees it. */
export function WebhookSecret({ secret, onClose }: WebhookSecretProps) {
  return (
    <div className="grid gap-3 px-4 pt-2 pb-4 sm:px-6">
      <Attention tone="info" action={<Button onClick={onClose}>I have copied it</Button>}>
        Copy the signing secret now: it is not shown again. Your system verifies each event with it, as
        Standard Webhooks says.
      </Attention>
      <CopyButton text={secret} what="signing secret" />
    </div>
  );
}
