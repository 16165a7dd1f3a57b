import openapiTS, { astToString } from 'openapi-typescript';

import { openApiDocument } from '@/lib/api/open-api';

export const CLIENT_TYPES = 'client/schema.d.ts';
// What has a default may be left out.
const OPTIONS = { defaultNonNullable: false };
const HEAD = '// Written by `npm run client:types` from the OpenAPI document.\n\n';

/** The types of every operation of the public API, as the client reads them. */
export const clientTypes = async () =>
  HEAD + astToString(await openapiTS(JSON.stringify(openApiDocument()), OPTIONS));
