import { expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { anAutomaticBuyer } from '@/test/stripe/automatic-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { runAutoTopUp } from './run-auto-top-up';

const { ledger } = await ledgerAndStripe();

test('requests that find a claim under way leave its job the pauses that it has', async () => {
  const { ctx, key } = await anAutomaticBuyer(ledger);
  const job = `charge-auto-top-up:${ctx.accountId}:${key.id}`;
  const jobOf = () =>
    ledger.asOwner<{ attempts: number; waits: boolean }>(
      'SELECT attempts, run_at > now() AS waits FROM graphile_worker.jobs WHERE key = $1',
      [job],
    );
  await ledger.asOwner(
    `UPDATE graphile_worker._private_jobs SET attempts = 7, run_at = now() + interval '1 hour' WHERE key = $1`,
    [job],
  );
  const inline = { kind: 'inline', shortfall: credits(1n) } as const;
  for (let request = 0; request < 3; request += 1)
    expect(await runAutoTopUp(ctx, inline)).toMatchObject({
      decision: { because: 'charge-under-way' },
      topUpId: key.id,
    });
  expect(await jobOf()).toEqual([{ attempts: 7, waits: true }]);
  // The regular check takes it up again.
  await runAutoTopUp(ctx, { kind: 'scheduled' });
  expect(await jobOf()).toEqual([{ attempts: 0, waits: false }]);
});
