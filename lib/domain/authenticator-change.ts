/** What becomes of somebody's second factor; each is mailed to them. */
export type AuthenticatorChange = 'turned-on' | 'turned-off' | 'codes-replaced';
