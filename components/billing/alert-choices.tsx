'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import type { Alerts } from '@/lib/contracts/alerts';
import { alertsQuery } from '@/lib/queries/alerts';
import { useChooseAlert } from '@/lib/queries/change-alerts';

import { Attention } from '../ui/attention';
import { Card } from '../ui/card';
import { Checkbox } from '../ui/checkbox';
import { AlertLevelsForm } from './alert-levels-form';
import { useCreditWords } from './credit-unit';

const NAMES: Readonly<Record<Alerts['alerts'][number]['alert'], (plural: string) => string>> = {
  low_balance: (plural) => `${plural} are running low`,
  credits_expire: (plural) => `${plural} expire in seven days`,
  work_purged: () => 'finished work is about to be thrown away unpaid',
};

/** What a member is mailed, who else is, and from which amounts on. */
export function AlertChoices({ maySetLevels }: { maySetLevels: boolean }) {
  const { alerts, levels } = useSuspenseQuery(alertsQuery).data;
  const choose = useChooseAlert();
  const { plural } = useCreditWords();
  return (
    <Card title="Mails">
      <div className="grid gap-4">
        {choose.isError && (
          <Attention tone="bad" role="alert">
            That was not changed: {choose.error.message}
          </Attention>
        )}
        <fieldset className="grid gap-3">
          <legend className="mb-3 text-13 font-medium text-ink">Mail me when</legend>
          {alerts.map(({ alert, wanted, told }) => (
            <Checkbox
              key={alert}
              label={NAMES[alert](plural)}
              help={told.length === 0 ? 'Nobody of this account is told.' : `Told: ${told.join(', ')}`}
              checked={
                choose.isPending && choose.variables.alert === alert ? choose.variables.wanted : wanted
              }
              onChange={(checked) => choose.mutate({ alert, wanted: checked })}
            />
          ))}
        </fieldset>
        <p className="max-w-read text-13 text-ink-2">
          Receipts, and mails about charges and failed payments, always come: they are about your money.
        </p>
        <AlertLevelsForm key={`${levels.warning} ${levels.critical}`} levels={levels} maySet={maySetLevels} />
      </div>
    </Card>
  );
}
