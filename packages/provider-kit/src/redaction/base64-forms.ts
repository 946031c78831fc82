/**
 * What of a secret's base64 is the same in any longer base64 text that the secret is a part of (RFC 4648, 4): one form for each
 * of the three ways its bytes may lie in groups of three. Characters that also carry bits of the neighbours are left out; they
 * hold at most 4 bits of the secret at either end.
 */
export function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((shifted.length * 8) / 6);
    return shifted.toString('base64').slice(first, last);
  });
}

/** The same in the alphabet for URLs and file names (RFC 4648, 5). */
export const toUrlAlphabet = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
