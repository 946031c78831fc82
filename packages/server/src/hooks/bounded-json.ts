import { UnreadableAlert } from './sender.ts';

/** Maps and lists within each other. */
export const DEEPEST = 16;

/** The body as JSON. Throws UnreadableAlert where it is not, or nested deeper than any alert is: nothing of it is repeated. */
export function boundedJson(body: Buffer): unknown {
  const text = textOf(body);
  if (depthOf(text) > DEEPEST) throw new UnreadableAlert(`the body is nested deeper than ${DEEPEST} levels`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableAlert('the body is not JSON');
  }
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadableAlert('the body is not UTF-8');
  }
}

/** Found before anything is parsed. Of a text that is no JSON it is some number. */
function depthOf(text: string): number {
  let [depth, deepest, inText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inText && sign === '\\') at += 1;
    else if (sign === '"') inText = !inText;
    else if (!inText && (sign === '{' || sign === '[')) deepest = Math.max(deepest, (depth += 1));
    else if (!inText && (sign === '}' || sign === ']')) depth -= 1;
  }
  return deepest;
}
