import { describe, expect, test } from 'vitest';

import { isLoopbackAddress, isPublicAddress } from './public-address';

describe('an address that may be called', () => {
  test.each([
    '93.184.216.34',
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('an address that is never called', () => {
  test.each([
    { is: 'this network', address: '0.0.0.0' },
    { is: 'this network', address: '0.1.2.3' },
    { is: 'loopback', address: '127.0.0.1' },
    { is: 'loopback', address: '127.255.255.254' },
    { is: 'private', address: '10.0.0.1' },
    { is: 'private', address: '172.16.0.1' },
    { is: 'private', address: '172.31.255.255' },
    { is: 'private', address: '192.168.1.1' },
    { is: 'shared by a carrier', address: '100.64.0.1' },
    { is: 'metadata of one cloud', address: '100.100.100.200' },
    { is: 'link-local', address: '169.254.1.1' },
    { is: 'metadata', address: '169.254.169.254' },
    { is: 'metadata of another cloud', address: '192.0.0.192' },
    { is: 'a platform', address: '168.63.129.16' },
    { is: 'for documents', address: '192.0.2.1' },
    { is: 'for documents', address: '203.0.113.9' },
    { is: 'for benchmarks', address: '198.18.0.1' },
    { is: 'many hosts', address: '224.0.0.1' },
    { is: 'reserved', address: '240.0.0.1' },
    { is: 'everybody', address: '255.255.255.255' },
    { is: 'unspecified', address: '::' },
    { is: 'loopback', address: '::1' },
    { is: 'mapped', address: '::ffff:127.0.0.1' },
    { is: 'mapped', address: '::ffff:a9fe:a9fe' },
    { is: 'mapped, of a public one too', address: '::ffff:8.8.8.8' },
    { is: 'compatible', address: '::7f00:1' },
    { is: 'translated', address: '::ffff:0:7f00:1' },
    { is: 'NAT64', address: '64:ff9b::a9fe:a9fe' },
    { is: 'local NAT64', address: '64:ff9b:1::a9fe:a9fe' },
    { is: '6to4', address: '2002:7f00:1::' },
    { is: 'Teredo', address: '2001::1' },
    { is: 'unique local', address: 'fc00::1' },
    { is: 'unique local', address: 'fd00:ec2::254' },
    { is: 'link-local', address: 'fe80::1' },
    { is: 'link-local of an interface', address: 'fe80::1%eth0' },
    { is: 'site-local', address: 'fec0::1' },
    { is: 'many hosts', address: 'ff02::1' },
    { is: 'for documents', address: '2001:db8::1' },
    { is: 'discarded', address: '100::1' },
    { is: 'unassigned', address: '4000::1' },
    { is: 'no address', address: 'example.com' },
    { is: 'nothing', address: '' },
  ])('$address ($is)', ({ address }) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test('loopback is known from what only looks like it', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true]);
    expect(['::ffff:127.0.0.1', '10.0.0.1', 'localhost'].map(isLoopbackAddress)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
