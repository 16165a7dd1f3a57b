import type { FormTarget } from '../ui/target-form';

/** Another account of the member, and the form that goes over to it. */
export type AccountChoice = { id: string; name: string; enter: FormTarget };
