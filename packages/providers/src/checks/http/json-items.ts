import type { EvidenceItem, HttpResponse } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { selectJson } from '../../http/select-json.ts';
import { compare, expectationText } from './compare.ts';
import { allHold } from '../../http/holds.ts';
import type { HttpCheckConfig } from './schema.ts';

const SHOWN_VALUES = 5;
const SHOWN_CHARACTERS = 200;

/** One item for each JSONPath. What cannot be read or is not there is unknown. */
export function jsonItems(config: HttpCheckConfig, response: HttpResponse): readonly EvidenceItem[] {
  const conditions = Object.entries(config.json);
  if (conditions.length === 0) return [];
  const body = parseBody(response);
  return conditions.map(([path, condition]) => {
    const asked = `value at ${path}`;
    const expected = expectationText(condition);
    if ('problem' in body) return { asked, found: body.problem, expected, verdict: 'unknown' };
    const selected = selectJson(body.json, path);
    if ('problem' in selected) return { asked, found: selected.problem, expected, verdict: 'unknown' };
    const verdict = allHold(selected.values.map((value) => compare(value, condition)));
    return { asked, found: shown(selected.values), expected, verdict };
  });
}

function parseBody(response: HttpResponse): { readonly json: JsonValue } | { readonly problem: string } {
  if (response.cut) return { problem: 'a body that is too long to read' };
  try {
    return { json: JSON.parse(response.body) as JsonValue };
  } catch {
    return { problem: 'a body that is not JSON' };
  }
}

function shown(values: readonly JsonValue[]): string {
  if (values.length === 0) return 'nothing there';
  const first = values.slice(0, SHOWN_VALUES).map(shownValue).join(', ');
  return values.length > SHOWN_VALUES ? `${first}, and ${values.length - SHOWN_VALUES} more` : first;
}

function shownValue(value: JsonValue): string {
  // JSON.stringify writes an infinite number as null, which is another value.
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}…`;
}
