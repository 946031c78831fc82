/** Characters: many times what the longest event comes to. What is longer is no line of ours, and would fill the memory. */
const LONGEST = 128_000_000;

/** The texts between line feeds, and what is behind the last one where that is anything. Throws where one is longer than any of ours. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    // Line feeds alone: JSON leaves U+2028 as it is, at which node:readline would break the line.
    const [first = '', ...rest] = chunk.split('\n');
    parts.push(first);
    length += first.length;
    if (length > LONGEST) throw new Error(`a line has more than ${LONGEST} characters: this is no exported state`);
    if (rest.length === 0) continue;
    yield parts.join('');
    yield* rest.slice(0, -1);
    parts = rest.slice(-1);
    length = parts[0]?.length ?? 0;
  }
  if (length > 0) yield parts.join('');
}
