import { randomUUID } from 'node:crypto';

import { RefusedForm } from '@/components/staff/refused-form';
import { StaffActionFields } from '@/components/staff/staff-action-fields';
import { StaffActionList } from '@/components/staff/staff-action-list';
import { StaffPlanCard } from '@/components/staff/staff-plan-card';
import { Attention } from '@/components/ui/attention';
import { PageHeader } from '@/components/ui/page-header';
import { StaffActionDraft, StaffActionForm } from '@/lib/contracts/staff-action';
import { askedBy, saidBy } from '@/lib/http/asked-by';
import { staffReading } from '@/lib/http/staff';
import { planStaffAction } from '@/lib/services/plan-staff-action';
import { readOffer } from '@/lib/views/offer';
import { readStaffActions } from '@/lib/views/staff-actions';

export const metadata = { title: 'Actions on an account' };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StaffActionsPage({ params, searchParams }: Props) {
  const viewer = await staffReading(params, 'actions');
  const given = await searchParams;
  const { asked: draft, search } = askedBy(given, StaffActionDraft);
  const form = draft.kind === undefined ? null : StaffActionForm.safeParse(draft);
  const plan = form?.success === true ? await planStaffAction(viewer, form.data) : null;
  const path = `/staff/accounts/${viewer.accountId}/actions`;

  return (
    <>
      <PageHeader
        title="Actions"
        line="First what it would do; then, if you may, it is done. Each has a reason, once."
      />
      <div className="grid gap-6">
        <RefusedForm code={saidBy(given)['refused']} />
        {form?.success === false && <Attention tone="warn">{form.error.issues[0]?.message}</Attention>}
        {plan && <StaffPlanCard plan={plan} target={{ action: `/api${path}`, hidden: hiddenOf(search) }} />}
        <StaffActionFields path={path} draft={draft} newId={randomUUID()} currency={readOffer().currency} />
        <StaffActionList
          title="What was asked for"
          actions={await readStaffActions(viewer)}
          marked={saidBy(given)['asked']}
          viewer={viewer.staff.userId}
        />
      </div>
    </>
  );
}

/** What was planned is what is sent. */
const hiddenOf = (search: string) => Object.fromEntries(new URLSearchParams(search));
