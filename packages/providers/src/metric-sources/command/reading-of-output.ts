import type { ArmReading } from '../common/counts-reading.ts';
import { countsReading, without } from '../common/counts-reading.ts';
import type { Freshness } from '../common/fresh.ts';

const ADVICE = 'print {"bad": 3, "total": 1000} on a line of its own, and last';
const LONGEST_LINE = 10_000;

/**
 * What a program says in the last line that may be a JSON object: what it prints on standard error may come after it. Anything
 * but one object is missing.
 */
export function readingOfOutput(program: string, output: string, freshness: Freshness): ArmReading {
  const lines = output.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line.startsWith('{')) ?? lines.findLast((line) => line !== '') ?? '';
  if (last === '') return without(`${program} printed nothing: ${ADVICE}`);
  const said = last.length > LONGEST_LINE ? undefined : parse(last);
  if (said === undefined) return without(`${program} printed what is not JSON: ${ADVICE}`);
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return without(`${program} printed JSON that is not an object: ${ADVICE}`);
  const { bad, total, at, boot } = said as Readonly<Record<string, unknown>>;
  return countsReading({ bad, total, at, boot }, freshness);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
