import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

type Undo = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const codings: ReadonlyMap<string, Undo> = new Map<string, Undo>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
  ['zstd', zstdDecompressSync],
]);

/**
 * The body without its content coding; 'tooLarge' where that is more than `maxBytes`. Null where it cannot be told: a coding, or
 * several, that are not known here, or bytes that are not of that coding. It blocks its thread.
 */
export function decodeBody(bytes: Uint8Array, coding: string, maxBytes: number): Uint8Array | 'tooLarge' | null {
  const name = coding.trim().toLowerCase();
  // The answer to a HEAD has a coding and nothing that is coded.
  if (name === '' || name === 'identity' || bytes.length === 0) return bytes.length <= maxBytes ? bytes : 'tooLarge';
  try {
    return codings.get(name)?.(bytes, { maxOutputLength: maxBytes }) ?? null;
  } catch (thrown) {
    const isTooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? 'tooLarge' : null;
  }
}
