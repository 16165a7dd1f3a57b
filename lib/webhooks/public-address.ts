import ipaddr from 'ipaddr.js';

/** All that is routed on the internet; what ipaddr.js calls unicast beyond it is unassigned, or a local NAT64. */
const INTERNET_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** A host's own platform at an address like any other: Azure's. */
const PLATFORM = new Set(['168.63.129.16']);

/**
 * Whether an address is somebody's on the internet, and nobody's in here: not private, loopback, link-local (with it cloud
 * metadata), shared by a carrier, unique local, mapped or translated from IPv4, reserved or many hosts at once.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv6 ? address.match(INTERNET_V6) : !PLATFORM.has(address.toString());
}

export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === 'loopback';
