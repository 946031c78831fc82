const LONGEST = 500;
const QUERY = /(\bhttps?:\/\/[^\s?#'"<>]+)[?#][^\s'"<>]*/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** As bundlers write it: `app-BkX3_9aZ.js`, `app.3f9a2b1c.css`. */
const BUILD_HASH =
  /([-.])(?=[a-z_]*[0-9A-Z])[A-Za-z0-9_]{8,32}(?=\.(?:m?js|css|map|wasm|png|jpe?g|webp|avif|svg|woff2?)\b)/g;
const HEX = /\b(?=[a-f]*[0-9])[0-9a-f]{8,}\b/gi;
const NUMBER = /\d+(?:\.\d+)*/g;

/** A text of a page for people: one line, bounded, URLs without what often holds a key. */
export function shownProblem(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(QUERY, '$1');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).toWellFormed()}…`;
}

/**
 * What two texts have in common that tell of the same problem: without the site's own origin, query strings, identifiers, hashes and
 * numbers, so that another build, another host or another visit does not make an old problem new.
 */
export function problemKey(text: string, origin: string): string {
  return shownProblem(text)
    .replaceAll(origin, '')
    .replaceAll(UUID, '*')
    .replaceAll(BUILD_HASH, '$1*')
    .replaceAll(HEX, '*')
    .replaceAll(NUMBER, '*');
}
