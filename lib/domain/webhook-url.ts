const MOST_CHARACTERS = 2048;
const PORTS = ['', '443', '8443'];
/** The names that mean this machine, as a URL spells them. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopbackUrl = ({ hostname }: URL) => LOOPBACK.test(hostname);

/**
 * What is wrong with an address for events, as its owner would mend it; null where nothing is. It says nothing about where
 * the name leads: that is known when it is called, and looked at then. `toLoopback` lets this machine's own programs
 * listen, over plain http and on any port.
 */
export function faultOfWebhookUrl(text: string, { toLoopback }: { toLoopback: boolean }): string | null {
  if (text.length > MOST_CHARACTERS) return `At most ${MOST_CHARACTERS} characters.`;
  if (!URL.canParse(text)) return 'Give an address like https://example.com/webhooks.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password.';
  if (url.hash !== '' || text.includes('#')) return 'Leave out what comes after #.';
  if (toLoopback && isLoopbackUrl(url) && ['http:', 'https:'].includes(url.protocol)) return null;
  if (url.protocol !== 'https:') return 'The address must begin with https://.';
  if (!PORTS.includes(url.port)) return 'Only the ports 443 and 8443 are called.';
  return null;
}
