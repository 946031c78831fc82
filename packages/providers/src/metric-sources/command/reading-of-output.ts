import type { ArmReading } from '../common/counts-reading.ts';
import { countsReading, UNNAMED_BOOT, without } from '../common/counts-reading.ts';
import type { Freshness } from '../common/fresh.ts';
import { gaugeReading } from '../common/gauge-reading.ts';
import type { CommandQuery } from './schema.ts';

const LONGEST_LINE = 10_000;

/**
 * What a program says in the last line that may be a JSON object: what it prints on standard error may come after it. Anything
 * but one object is missing.
 */
export function readingOfOutput(
  { argv: [program], value }: Pick<CommandQuery, 'argv' | 'value'>,
  output: string,
  freshness: Freshness,
): ArmReading {
  const wanted = value === undefined ? '{"bad": 3, "total": 1000}' : JSON.stringify({ [value]: 1000 });
  const advice = `print ${wanted} on a line of its own, and last`;
  const lines = output.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line.startsWith('{')) ?? lines.findLast((line) => line !== '') ?? '';
  if (last === '') return without(`${program} printed nothing: ${advice}`);
  const said = last.length > LONGEST_LINE ? undefined : parse(last);
  if (said === undefined) return without(`${program} printed what is not JSON: ${advice}`);
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return without(`${program} printed JSON that is not an object: ${advice}`);
  const { bad, total, at, boot } = said as Readonly<Record<string, unknown>>;
  if (value !== undefined) {
    const number = Object.hasOwn(said, value) ? (said as Readonly<Record<string, unknown>>)[value] : undefined;
    return { reading: gaugeReading({ name: value, value: number, at }, freshness), boot: UNNAMED_BOOT };
  }
  return countsReading({ bad, total, at, boot }, freshness);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
