function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing: start the stories with npm test -- --e2e.`);
  return value;
}

/** Where the parts of the running stack are. */
export const appUrl = given('APP_URL');
export const mailUrl = given('MAIL_URL');
export const sandboxUrl = given('SANDBOX_URL');
export const ownerUrl = given('DATABASE_OWNER_URL');
export const webhookSecret = given('STRIPE_WEBHOOK_SECRETS');
