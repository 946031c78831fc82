/** The sum of weights may not be more: flagd counts it in a signed 32 bit number. */
export const MAX_WEIGHT = 2_147_483_647;

/**
 * (hash * totalWeight) >> 32, exactly: where in 0..totalWeight-1 a hash falls.
 * The product needs 63 bits. So it is made in two halves of the hash, each below 2^53.
 * hash: 0..2^32-1; totalWeight: 0..2^31-1.
 */
export function bucketOf(hash: number, totalWeight: number): number {
  const high = (hash >>> 16) * totalWeight;
  const low = (hash & 0xffff) * totalWeight;
  return Math.floor((high + Math.floor(low / 0x10000)) / 0x10000);
}
