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
  const fields: Readonly<Record<string, unknown>> = { ...value };
  let text = '';
  // RFC 8785 sorts by UTF-16 code units, as `sort` does by itself.
  for (const key of Object.keys(fields).sort()) {
    const item = fields[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}
