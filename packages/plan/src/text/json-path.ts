import parseJsonPath from 'jsonpath-rfc9535/parser';

/** Whether it is a JSON path as RFC 9535 has it. */
export function isJsonPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch {
    return false;
  }
}

type Segment = ReturnType<typeof parseJsonPath>['segments'][number];

/** Keys and indexes down to the one value that a singular query (RFC 9535, 2.3.5.1) selects; null for any other, and for no path. */
export function keysOfPath(text: string): readonly (string | number)[] | null {
  if (!isJsonPath(text)) return null;
  const keys = parseJsonPath(text).segments.map(keyOf);
  return keys.every((key) => key !== null) ? keys : null;
}

function keyOf({ type, node }: Segment): string | number | null {
  if (type === 'DescendantSegment') return null;
  if (node.type === 'MemberNameShorthand') return node.value;
  const [only, second] = node.type === 'BracketedSelection' ? node.selectors : [];
  if (only === undefined || second !== undefined) return null;
  return only.type === 'NameSelector' || only.type === 'IndexSelector' ? only.value : null;
}
