import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

import { faultOfWebhookUrl, isLoopbackUrl } from '@/lib/domain/webhook-url';

import { isLoopbackAddress, isPublicAddress } from './public-address';

/** Where a name leads, all of it. */
type Resolve = (name: string) => Promise<{ address: string; family: number }[]>;

/** What is asked before anything of ours is called for a customer. */
export type Wall = {
  toLoopback: boolean;
  resolve: Resolve;
  mayCall: (url: URL, address: string) => boolean;
};

/** The wall in front of the company's own network; `toLoopback` opens a gate to this machine's loopback, and no other. */
export const wallWith = ({ toLoopback }: { toLoopback: boolean }): Wall => ({
  toLoopback,
  resolve: (name) => lookup(name, { all: true, verbatim: true }),
  mayCall: (url, address) =>
    toLoopback && isLoopbackUrl(url) ? isLoopbackAddress(address) : isPublicAddress(address),
});

/** The address leads where nothing of ours may be sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** A host that is a number is looked at as it is written, because nobody looks it up. */
export function isRefusedHost(url: URL, { mayCall }: Wall): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) > 0 && !mayCall(url, host);
}

/** Throws where the address is wrong in itself. */
export function checkUrl(url: URL, wall: Wall): void {
  if (isRefusedHost(url, wall) || faultOfWebhookUrl(url.href, wall) !== null) throw new AddressRefused();
}

/**
 * Resolves once, and hands to the connection only what was looked at: a name that leads elsewhere a moment later leads
 * nowhere. One address that may not be called refuses the name, whatever the others are.
 */
export function lookupThrough(url: URL, { resolve, mayCall }: Wall): LookupFunction {
  const checked = callbackify(async (name: string) => {
    const addresses = await resolve(name);
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => mayCall(url, address)))
      throw new AddressRefused();
    return { first, addresses };
  });
  return (name, { all }, done) =>
    checked(name, (error: NodeJS.ErrnoException | null, found) => {
      if (error) done(error, '');
      else if (all === true) done(null, found.addresses);
      else done(null, found.first.address, found.first.family);
    });
}
