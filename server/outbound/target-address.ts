import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** The address is not one that a webhook may go to. */
export class AddressRefusedError extends Error {}

/** Loopback, private, link-local, shared, documentation, multicast and reserved ranges (IANA special-purpose registries). */
const INTERNAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4');
}
/** Of IPv6 only global unicast goes, without the ranges in it that wrap or tunnel other addresses. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !INTERNAL.check(address, 'ipv4');
  if (isIP(address) === 6) return GLOBAL.check(address, 'ipv6') && !INTERNAL.check(address, 'ipv6');
  return false;
}

export type Target = { url: URL; address: string; family: 4 | 6 };

/**
 * Resolves where a request of ours goes: the address that is then connected to, so that a name can't change its meaning between
 * check and use. Throws `AddressRefusedError` where any address of the name is internal and the host (or `host:port`) is
 * not on the list.
 */
export async function resolveTarget(
  address: string,
  allowed: readonly string[],
  resolve: (host: string) => Promise<{ address: string; family: number }[]> = (host) => lookup(host, { all: true }),
): Promise<Target> {
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AddressRefusedError('only http and https go');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  const listed = allowed.includes(url.host) || allowed.includes(url.hostname);
  const internal = found.find((one) => !isPublicAddress(one.address));
  if (internal !== undefined && !listed) {
    throw new AddressRefusedError(
      `${url.host} is ${internal.address}, which is not public; put the host on the list of those allowed where that is meant`,
    );
  }
  const [first] = found;
  if (first === undefined) throw new AddressRefusedError(`${url.host} has no address`);
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}
