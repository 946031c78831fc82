import type { HttpResponse } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { selectJson } from '../../http/select-json.ts';
import type { ArmReading } from '../common/counts-reading.ts';
import { countsReading, UNNAMED_BOOT, without } from '../common/counts-reading.ts';
import type { Freshness } from '../common/fresh.ts';
import { gaugeReading } from '../common/gauge-reading.ts';
import { withVersion } from '../common/version-placeholder.ts';
import type { HttpQuery } from './schema.ts';

interface Document {
  readonly version: string;
  readonly response: HttpResponse;
}

/** What the document says of a version. */
export function readingOfBody(query: HttpQuery, { version, response }: Document, freshness: Freshness): ArmReading {
  if (response.cut) return without('the document is too long to read: give one with the counts or the value only');
  const json = parse(response.body);
  if (json === undefined) return without('the document is not JSON: give the URL of one that is');
  const said: Record<string, JsonValue> = {};
  for (const [name, path] of pathsOf(query)) {
    if (path === undefined) continue;
    const values = selected(json, withVersion(path, version));
    if (typeof values === 'string') return without(`${name}: ${values}`);
    said[name] = values.value;
  }
  if ('value' in query) {
    const { value, at } = said;
    return { reading: gaugeReading({ name: 'value', value, at }, freshness), boot: UNNAMED_BOOT };
  }
  return countsReading({ bad: said['bad'], total: said['total'], at: said['at'], boot: said['boot'] }, freshness);
}

/** The plan's keys that hold JSONPaths. */
function pathsOf(query: HttpQuery): readonly (readonly [string, string | undefined])[] {
  if ('value' in query)
    return [
      ['value', query.value],
      ['at', query.at],
    ];
  const { bad, total, at, boot } = query;
  return Object.entries({ bad, total, at, boot });
}

/** The one value at a path, or why there is none. */
function selected(json: JsonValue, path: string): { readonly value: JsonValue } | string {
  const found = selectJson(json, path);
  if ('problem' in found) return `${found.problem} (${path}): make it simpler, or give the counts only`;
  const [value, ...more] = found.values;
  if (value === undefined) return `there is nothing at ${path}: give 0 where nothing was counted, or mend the path`;
  if (more.length > 0) return `there are ${more.length + 1} values at ${path}: select one`;
  return { value };
}

function parse(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return undefined;
  }
}
