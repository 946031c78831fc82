import type { Newest } from './newest.ts';
import { none, sizeOf, timeOf } from './newest.ts';

const ADVICE = 'print a time with its zone like 2026-11-24T02:00:00Z, or {"at": "...", "size": bytes}, last';

/** What a program says of the newest backup in the last line that may be it: standard error may come after it. */
export function newestOfOutput(program: string, output: string): Newest {
  const lines = output.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line.startsWith('{') || timeOf(line) !== null);
  if (last === undefined) return none(`${program} printed no time: ${ADVICE}`);
  const { at: said, size } = last.startsWith('{') ? fieldsOf(last) : { at: last, size: undefined };
  const at = typeof said === 'string' ? timeOf(said) : null;
  if (at === null) return none(`${program} printed no time in "at": ${ADVICE}`);
  return { kind: 'found', name: `told by ${program}`, at, size: sizeOf(size) };
}

function fieldsOf(line: string): { readonly at?: unknown; readonly size?: unknown } {
  try {
    // A text that begins with { is an object or no JSON.
    return JSON.parse(line) as { readonly at?: unknown; readonly size?: unknown };
  } catch {
    return {};
  }
}
