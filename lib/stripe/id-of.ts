/** The id of what Stripe may have answered whole. */
export const idOf = (expandable: string | { id: string } | null | undefined): string | null =>
  typeof expandable === 'object' ? (expandable?.id ?? null) : (expandable ?? null);
