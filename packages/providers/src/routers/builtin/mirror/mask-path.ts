const longestSegment = 32;
const mostSegments = 20;

/** A request's path without its query, in which what may name a person or a thing reads `*`. Bounded. */
export function maskPath(path: string): string {
  const [withoutQuery = ''] = path.split(/[?#]/, 1);
  const segments = withoutQuery.split('/', mostSegments + 1).map((segment) => (isPlain(segment) ? segment : '*'));
  return segments.length > mostSegments ? [...segments.slice(0, mostSegments), '*'].join('/') : segments.join('/');
}

function isPlain(segment: string): boolean {
  // Anything else may set a value off: `cart;session=abc`, `token:abc`, an `@` or a letter behind a `%`.
  return segment.length <= longestSegment && /^[\p{L}\p{M}._~-]*$/u.test(segment);
}
