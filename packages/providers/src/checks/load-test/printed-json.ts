import type { Json } from '@slipway/provider-kit';

/**
 * The JSON documents that may be what a command printed among other lines (progress, warnings), likeliest first: all of it, from the first
 * line that opens an object to the last that closes one, each line that is an object, the last line first.
 */
export function* printedJson(output: string): Generator<Json> {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line.startsWith('{'));
  const last = lines.findLastIndex((line) => line.endsWith('}'));
  const whole = first === -1 ? [] : [lines.slice(first, last + 1).join('\n')];
  const single = lines.filter((line) => line.startsWith('{') && line.endsWith('}')).toReversed();
  for (const text of [output, ...whole, ...single]) {
    const parsed = parseJson(text);
    if (parsed !== null) yield parsed.json;
  }
}

/** Null where the text is no JSON. */
export function parseJson(text: string): { readonly json: Json } | null {
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}
