import { existsSync } from 'node:fs';

import { inCheckout } from './checkout';

/** What Next does for the web process: variables of a `.env` file, where the environment does not set them. */
export function loadEnvFile(): void {
  const file = inCheckout('.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
