import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries (RFC 6890 and its updates): loopback, private, link-local, shared, multicast, reserved. */
const NOT_PUBLIC: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const notPublic = new BlockList();
for (const [net, prefix, family] of NOT_PUBLIC) {
  notPublic.addSubnet(net, prefix, family);
  if (family === 'ipv6') continue;
  // A translator on the way (RFC 6052, RFC 3056) leads to the address that is inside the other one.
  const [a = 0, b = 0, c = 0, d = 0] = net.split('.').map(Number);
  const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
  notPublic.addSubnet(`64:ff9b::${high}:${low}`, 96 + prefix, 'ipv6');
  notPublic.addSubnet(`2002:${high}:${low}::`, 16 + prefix, 'ipv6');
}

/** Whether an IP address is not on the public internet. What is no IP address counts as private: unknown never means safe. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
