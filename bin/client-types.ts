import { writeFileSync } from 'node:fs';

import { CLIENT_TYPES, clientTypes } from './support/client-types';

writeFileSync(CLIENT_TYPES, await clientTypes());
