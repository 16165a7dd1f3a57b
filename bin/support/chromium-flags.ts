/** A browser without network would otherwise keep asking for its maker's hosts; its own sandbox does not work as root. */
export const chromiumFlags: string[] = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
