import { BlockList, isIP } from 'node:net';

/**
 * Everything that is not the public internet, by the registries of IANA for special purposes
 * (https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry):
 * this machine, private networks, the metadata services of clouds, multicast, documentation.
 */
const special4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Within what is given out as public, 2000::/3; all else is refused. */
const special6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const blocked4 = new BlockList();
for (const [network, bits] of special4) blocked4.addSubnet(network, bits, 'ipv4');
const blocked6 = new BlockList();
for (const [network, bits] of special6) blocked6.addSubnet(network, bits, 'ipv6');
const public6 = new BlockList();
public6.addSubnet('2000::', 3, 'ipv6');

/** @param address an IP address as text; a name is not public */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !blocked4.check(address, 'ipv4');
  // An IPv4 address within IPv6 (mapped, translated, tunnelled) lies outside 2000::/3 or is listed.
  return family === 6 && public6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
};
