import { createApi } from './app';

const api = createApi();
const answer = (request: Request) => api.fetch(request);

/** The public API as Next mounts it. */
export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
