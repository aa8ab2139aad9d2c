import { isIP } from "node:net";

const MAPPED_V4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** A peer's address as people write it: IPv4 inside IPv6 as IPv4, no zone. */
export function plainAddress(address: string | undefined): string {
  const bare = (address ?? "").replace(/%.*$/, "");
  return MAPPED_V4.exec(bare)?.[1] ?? bare;
}

/** Is this this machine? */
export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** What counts as one address: all of IPv4, the first 64 bits of IPv6, of which one machine has the rest to itself. */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase())
    .join(":")}::/64`;
}

/** How to write an address with its port. */
export function hostAndPort(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
