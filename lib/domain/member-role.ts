/** What a member of an account may do; owners and billing members may spend its money. */
export type MemberRole = 'owner' | 'billing' | 'developer' | 'viewer';

/** Those whose clicks may cost money. */
export const mayBuy = (role: MemberRole) => role === 'owner' || role === 'billing';

/** Those who connect programs: API keys, and events to the customer's systems. */
export const mayIntegrate = (role: MemberRole) => role === 'owner' || role === 'developer';
