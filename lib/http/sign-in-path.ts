/** Where somebody signs in, and then comes back to what they wanted. */
export const signInPath = (back: string | null): string =>
  back === null || back === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(back)}`;
