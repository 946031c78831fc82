import type { EvidenceItem } from '@slipway/provider-kit';
import { firstMatch } from '../../http/matches.ts';
import { selectJson } from '../../http/select-json.ts';
import type { CookieJar } from './cookie-jar.ts';
import { decodeReferences } from './decode-references.ts';
import { parseBody } from './judge-answer.ts';
import type { Answer } from './send.ts';
import { isConfidential, kept } from './show.ts';
import type { Capture } from './suite-schema.ts';
import type { Scalar } from './template.ts';

export type Captured =
  | { readonly value: Scalar; readonly isSecret: boolean; readonly item: EvidenceItem }
  | { readonly item: EvidenceItem };

/** Longer ones are pages, not values. */
const LONGEST_VALUE = 8000;

/** Takes a value out of an answer. Nothing there, several values, null and objects are no value. */
export function captureValue(name: string, capture: Capture, from: { answer: Answer; jar: CookieJar }): Captured {
  const way = typeof capture === 'string' ? { json: capture } : capture;
  const place = placeOf(way);
  const asked = `capture ${name} from ${place}`;
  const found = valueOf(way, from.answer, from.jar);
  if ('problem' in found) return { item: { asked, found: found.problem, expected: 'one value', verdict: 'fail' } };
  const isSecret = way.secret ?? (way.cookie !== undefined || isConfidential(`${name} ${place}`));
  const shown = isSecret ? 'a value that is not shown' : kept(JSON.stringify(found.value));
  return { value: found.value, isSecret, item: { asked, found: shown, expected: 'one value', verdict: 'pass' } };
}

type Way = Exclude<Capture, string>;
type Found = { readonly value: Scalar } | { readonly problem: string };

function placeOf({ json, header, cookie, body }: Way): string {
  if (json !== undefined) return json;
  if (header !== undefined) return `header ${header}`;
  return cookie === undefined ? `body by ${body ?? ''}` : `cookie ${cookie}`;
}

function valueOf({ json, header, cookie, body }: Way, answer: Answer, jar: CookieJar): Found {
  if (json !== undefined) return jsonValue(json, answer);
  if (header !== undefined) return bounded(answer.headers[header.toLowerCase()] ?? null, 'no such header');
  if (cookie !== undefined) return bounded(jar.value(cookie), 'no such cookie');
  return bodyValue(body ?? '', answer);
}

function jsonValue(path: string, answer: Answer): Found {
  const document = parseBody(answer);
  if ('problem' in document) return document;
  const selected = selectJson(document.json, path);
  if ('problem' in selected) return selected;
  const [value, second] = selected.values;
  if (value === undefined) return { problem: 'nothing there' };
  if (second !== undefined) return { problem: `${selected.values.length} values` };
  if (value === null || typeof value === 'object') return { problem: value === null ? 'null' : 'an object or a list' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { problem: 'a number that is not finite' };
  return typeof value === 'string' ? bounded(value, '') : { value };
}

function bodyValue(pattern: string, { body, headers }: Answer): Found {
  const found = firstMatch(body, pattern);
  if (found === null) return { problem: 'the pattern took too long' };
  if (found.match === null) return { problem: 'the pattern is not found' };
  const text = found.match[1] ?? found.match[0];
  const isHtml = /^(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
  return bounded(isHtml ? decodeReferences(text) : text, '');
}

function bounded(text: string | null, missing: string): Found {
  if (text === null) return { problem: missing };
  if (text === '') return { problem: 'an empty text' };
  return text.length > LONGEST_VALUE ? { problem: `a text of more than ${LONGEST_VALUE} characters` } : { value: text };
}
