import { TerminalError } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { selectJson } from '../../http/select-json.ts';

const ADVICE = 'print a JSON list of names, as `gh secret list --json name` or `vault kv list -format=json` do';

/** The names in what a program printed. Its words are never repeated: they could hold a value. Throws TerminalError where it cannot be read. */
export function namesOfJson(program: string, output: string, path: string | undefined): ReadonlySet<string> {
  const json = parse(output);
  if (json === undefined) throw new TerminalError(`${program} printed what is not JSON: ${ADVICE}`);
  if (path === undefined && !Array.isArray(json))
    throw new TerminalError(`${program} printed no list: ${ADVICE}, or give names, a JSONPath`);
  const selected = selectJson(json, path ?? '$[*]');
  if ('problem' in selected) throw new TerminalError(`names: ${selected.problem}`);
  return new Set(selected.values.map((item) => nameOf(item, program)));
}

function nameOf(item: JsonValue, program: string): string {
  if (typeof item === 'string') return item;
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
    const name = item['name'] ?? item['Name'];
    if (typeof name === 'string') return name;
  }
  throw new TerminalError(`${program} printed an item without a name: give names, a JSONPath to the names`);
}

function parse(output: string): JsonValue | undefined {
  try {
    return JSON.parse(output) as JsonValue;
  } catch {
    return undefined;
  }
}
