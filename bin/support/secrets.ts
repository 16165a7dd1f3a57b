import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export type Secrets = {
  auth: string;
  stripeKey: string;
  webhook: string;
  databaseOwner: string;
  databaseLogin: string;
};

const random = (bytes: number) => randomBytes(bytes).toString('hex');

export function freshSecrets(): Secrets {
  return {
    auth: random(32),
    stripeKey: `sk_test_${random(24)}`,
    webhook: `whsec_${random(24)}`,
    databaseOwner: random(16),
    databaseLogin: random(16),
  };
}

/** Made once and kept, so that sign-ins and stored data outlive a restart. */
export function keptSecrets(file: string): Secrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secrets = { ...freshSecrets(), ...kept };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
