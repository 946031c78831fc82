/** Uniform in [0, 1), 32 bits of it. */
export type Random = () => number;

/** Steps after which a seed has reached every bit. */
const WARM_UP = 16;

/** The same numbers for the same seed everywhere: sfc32 (Chris Doty-Humphrey, PractRand, public domain). */
export function randomOf(seed: string): Random {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let step = 0; step < WARM_UP; step += 1) next();
  return next;
}

/** FNV-1a of 32 bits, begun with a salt. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
