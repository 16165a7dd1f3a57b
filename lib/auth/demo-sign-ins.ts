import { env } from '@/lib/env';

/** The people of the demo who can be signed in by one click; nobody outside it. */
export const demoSignIns = (): readonly { label: string; email: string }[] =>
  env().COFFER_DEMO
    ? [
        { label: 'Sign in as Ada (owner)', email: 'ada@demo.coffer.example' },
        { label: 'Sign in as Grace (viewer)', email: 'grace@demo.coffer.example' },
        { label: 'Sign in as Joan (staff, support)', email: 'joan@demo.coffer.example' },
        { label: 'Sign in as Hedy (staff, finance)', email: 'hedy@demo.coffer.example' },
      ]
    : [];
