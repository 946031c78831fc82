/**
 * JSON with sorted keys and no white space (RFC 8785), for digests. Keys whose value is undefined are left out, as in JSON.
 * Throws TypeError on what JSON cannot hold: NaN, infinities, functions, bigints, lone undefined, cycles (RangeError).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value);
  throw new TypeError(`canonical JSON cannot hold ${typeof value === 'number' ? String(value) : typeof value}`);
}

function canonicalObject(value: object): string {
  // RFC 8785 sorts by UTF-16 code units, which is what < does on JavaScript strings.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  let text = '';
  for (const [key, item] of entries) {
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}
