/** Whether a change log has an entry for a version. */
export function hasEntry(text: string, version: string): boolean {
  return text.split('\n').includes(headingOf(version));
}

/** The change log with an entry on top; as it was where it has one. */
export function addEntry(text: string, version: string, features: readonly string[]): string {
  if (hasEntry(text, version)) return text;
  const entry = [headingOf(version), '', ...features.map((feature) => `- ${feature}`), '', ''].join('\n');
  const newest = text.search(/^## /m);
  return newest === -1 ? `${text.trimEnd()}\n\n${entry}` : `${text.slice(0, newest)}${entry}${text.slice(newest)}`;
}

/** The change log without that entry; as it was where it has none. */
export function removeEntry(text: string, version: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(headingOf(version));
  if (start === -1) return text;
  const next = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return [...lines.slice(0, start), ...lines.slice(next === -1 ? lines.length : next)].join('\n');
}

function headingOf(version: string): string {
  return `## ${version}`;
}
