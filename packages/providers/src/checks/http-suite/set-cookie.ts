/** One cookie of a Set-Cookie header (RFC 6265, 5.2). */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Without a leading dot; null: for the host that set it only. */
  readonly domain: string | null;
  /** null: the folder of the URL that set it. */
  readonly path: string | null;
  readonly secure: boolean;
  /** Milliseconds since the epoch; null: to the end of the session. */
  readonly expires: number | null;
}

const LONGEST = 4096;
/** A comma of a date is never followed by a name and an equals sign. */
const BETWEEN = /,\s*(?=[^;,=\s]+=)/;

/** Reads the Set-Cookie headers of an answer, joined by commas as the HTTP client joins them. `now`: milliseconds since the epoch. */
export function parseSetCookie(header: string, now: number): readonly SetCookie[] {
  return header.split(BETWEEN).flatMap((text) => parseOne(text, now) ?? []);
}

function parseOne(text: string, now: number): SetCookie | null {
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  if (at < 1 || pair.length > LONGEST) return null;
  const given = new Map(attributes.map(attributeOf));
  const domain = given.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
  const path = given.get('path') ?? '';
  return {
    name: pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    domain: domain === '' ? null : domain,
    path: path.startsWith('/') ? path : null,
    secure: given.has('secure'),
    expires: expiryOf(given, now),
  };
}

function attributeOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 0) return [text.toLowerCase(), ''];
  return [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()];
}

/** Max-Age wins over Expires. */
function expiryOf(given: ReadonlyMap<string, string>, now: number): number | null {
  const maxAge = given.get('max-age');
  if (maxAge !== undefined && /^-?\d{1,12}$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const at = Date.parse(given.get('expires') ?? '');
  return Number.isNaN(at) ? null : at;
}
