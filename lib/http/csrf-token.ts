import { cookies } from 'next/headers';

import { csrfCookieName, csrfTokenIn } from '@/lib/auth/csrf';

/** What a sign-in or sign-out form must carry; the proxy has set its cookie by now. */
export const csrfToken = async () => csrfTokenIn((await cookies()).get(csrfCookieName())?.value);
