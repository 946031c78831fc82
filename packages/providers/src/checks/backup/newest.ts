/** The newest backup as its place tells it; `none`: the place was asked and has none, or tells nothing that can be read. */
export type Newest =
  | { readonly kind: 'found'; readonly name: string; readonly at: number; readonly size: Size }
  | { readonly kind: 'none'; readonly reason: string };

/** In bytes. */
export type Size = { readonly bytes: number } | { readonly unknown: string };

export const none = (reason: string): Newest => ({ kind: 'none', reason });

/** A size as another program tells it. */
export function sizeOf(value: unknown): Size {
  if (value === undefined || value === null) return { unknown: 'not told' };
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? { bytes: value }
    : { unknown: 'not a whole number of bytes' };
}

/** Epoch ms of a time in ISO 8601 with its zone; null for anything else. Without a zone it could be any of 26 hours. */
export function timeOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return null;
  const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(at) ? at : null;
}
