import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { TargetForm } from '../ui/target-form';

/** Puts a purchase right, once; what it would enter stands above. */
export const RepairForm = ({ account, topUpId }: { account: string; topUpId: string }) => (
  <TargetForm
    target={{ action: `/api/staff/accounts/${account}/repair`, hidden: { topUpId } }}
    label="Put it right"
    className="flex flex-wrap items-end gap-3"
  >
    <div className="min-w-[min(100%,16rem)] flex-1">
      <Field label="Reason" name="reason" required minLength={3} maxLength={500} autoComplete="off" />
    </div>
    <Button type="submit" variant="primary">
      Put it right
    </Button>
  </TargetForm>
);
