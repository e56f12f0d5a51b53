import { BlockList, isIP } from 'node:net';

/** Everything that is not the public internet (IANA special-purpose registries), and what can smuggle such an address inside. */
const REFUSED: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

// A list a family: in one list, a rule for mapped addresses (::ffff:0:0/96) would refuse every IPv4 address, too.
const refused = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [address, prefix] of REFUSED) refused[familyOf(address)].addSubnet(address, prefix, familyOf(address));

/** Whether an IP address belongs to the public internet: what else it may be, a server must not be talked into asking it. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  const family = familyOf(bare);
  return isIP(bare) !== 0 && !refused[family].check(bare, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
