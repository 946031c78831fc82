import type { JsonValue } from 'jsonpath-rfc9535';
import { REDACTED } from '@slipway/provider-kit';

const SHOWN_VALUES = 5;
const SHOWN_CHARACTERS = 300;
/** Kept until secrets are taken out: more than is shown and the longest secret together, so that none is cut through. */
const KEPT_CHARACTERS = 20_000;

/** Names of what gives entrance. Whatever stands under one is never written down. */
const CONFIDENTIAL =
  /token|secret|passw|csrf|xsrf|session|cookie|authorization|api[-_]?key|private[-_]?key|jwt|credential/i;
/** Parameters of a query that give entrance in sign-ins (OAuth 2.0), beside those above. */
const CONFIDENTIAL_PARAMETER = /^(?:code|state|key|sig|signature|nonce)$/i;
/** In the text of a page: something long that no language writes, and what stands behind a confidential name. */
const OPAQUE = /[A-Za-z0-9+/_=-]{24,}/g;
const NAMED =
  /((?:token|secret|passw|csrf|xsrf|session|api[-_]?key|jwt)[\w-]{0,40}["']?\s{0,3}(?:[:=]|value=)\s{0,3}["']?)[^"'&\s<>,;]+/gi;

export const isConfidential = (name: string): boolean => CONFIDENTIAL.test(name);

/** Values that a JSONPath selected. */
export function shownJson(values: readonly JsonValue[], path: string): string {
  if (values.length === 0) return 'nothing there';
  const first = values.slice(0, SHOWN_VALUES).map((value) => shownValue(value, path));
  const more = values.length > SHOWN_VALUES ? [`and ${values.length - SHOWN_VALUES} more`] : [];
  return [...first, ...more].join(', ');
}

function shownValue(value: JsonValue, path: string): string {
  // JSON.stringify writes an infinite number as null, which is another value.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && isConfidential(path)) return REDACTED;
  return kept(
    JSON.stringify(value, (key, inner: unknown) =>
      typeof inner === 'string' && isConfidential(key) ? REDACTED : inner,
    ),
  );
}

export function shownHeader(name: string, value: string, base: URL): string {
  if (isConfidential(name)) return REDACTED;
  return name.toLowerCase() === 'location' && URL.canParse(value, base.href)
    ? shownUrl(new URL(value, base))
    : kept(value);
}

/** A URL with the parameters left out that give entrance. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.hash = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (isConfidential(name) || CONFIDENTIAL_PARAMETER.test(name)) shown.searchParams.set(name, REDACTED);
  }
  return shown.href;
}

/** The beginning of a page's text, without what looks like a key. */
export function shownBody(body: string): string {
  const masked = kept(body).replaceAll(NAMED, `$1${REDACTED}`).replaceAll(OPAQUE, REDACTED);
  return body === '' ? 'an empty body' : masked.replaceAll(/\s+/g, ' ').trim();
}

/** The beginning, with room for what will be taken out of it. */
export const kept = (text: string): string => text.slice(0, KEPT_CHARACTERS).toWellFormed();

/** Only once secrets are taken out. */
export const cut = (text: string): string =>
  text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}…`;
