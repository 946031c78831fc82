import type { EvidenceItem } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import type { Holds } from '../../http/holds.ts';
import { firstMatch } from '../../http/matches.ts';
import { selectJson } from '../../http/select-json.ts';
import { conditionText, headerHolds, jsonHolds } from './condition.ts';
import type { HeaderCondition, JsonCondition } from './condition-schema.ts';
import type { ResolvedExpectation } from './expectation.ts';
import type { Answer } from './send.ts';
import { kept, shownBody, shownHeader, shownJson, shownUrl } from './show.ts';

/** One item for each expectation but how long it took. What cannot be read is unknown. */
export function judgeAnswer(expected: ResolvedExpectation, answer: Answer): readonly EvidenceItem[] {
  return [
    statusItem(expected, answer),
    ...redirectItems(expected, answer),
    ...expected.headers.map(([name, condition]) => headerItem(name, condition, answer)),
    ...jsonItems(expected, answer),
    ...expected.contains.map((text) => containsItem(text, answer)),
    ...matchItems(expected, answer),
  ];
}

function statusItem({ statuses }: ResolvedExpectation, { status }: Answer): EvidenceItem {
  const holds = statuses.some((one) => one === status || one === `${Math.floor(status / 100)}xx`);
  return { asked: 'status', found: String(status), expected: statuses.join(' or '), verdict: verdictOf(holds) };
}

function redirectItems({ redirect }: ResolvedExpectation, { headers, url }: Answer): readonly EvidenceItem[] {
  if (redirect === null) return [];
  const location = headers['location'];
  const target = location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : null;
  const found = target === null ? 'no URL to go to' : shownUrl(target);
  if (typeof redirect === 'string') {
    return [{ asked: 'redirect', found, expected: `${redirect}, which is no URL`, verdict: 'unknown' }];
  }
  return [
    { asked: 'redirect', found, expected: shownUrl(redirect), verdict: verdictOf(target?.href === redirect.href) },
  ];
}

function headerItem(name: string, condition: HeaderCondition, { headers, url }: Answer): EvidenceItem {
  const value = Object.hasOwn(headers, name.toLowerCase()) ? (headers[name.toLowerCase()] ?? null) : null;
  const found = value === null ? 'no such header' : shownHeader(name, value, url);
  const verdict = headerHolds(value, condition);
  return { asked: `header ${name}`, found, expected: conditionText(condition), verdict };
}

function jsonItems({ json }: ResolvedExpectation, answer: Answer): readonly EvidenceItem[] {
  if (json.length === 0) return [];
  const document = parseBody(answer);
  return json.map(([path, condition]) => jsonItem(path, condition, document));
}

export type ParsedBody = { readonly json: JsonValue } | { readonly problem: string };

/** A body as JSON, or why it is none. */
export function parseBody({ body, cut: isCut }: Answer): ParsedBody {
  if (isCut) return { problem: 'a body that is too long to read' };
  try {
    return { json: JSON.parse(body) as JsonValue };
  } catch {
    return { problem: `a body that is not JSON: ${shownBody(body)}` };
  }
}

function jsonItem(path: string, condition: JsonCondition, document: ParsedBody): EvidenceItem {
  const asked = `value at ${path}`;
  const expected = conditionText(condition);
  if ('problem' in document) return { asked, found: document.problem, expected, verdict: 'unknown' };
  const selected = selectJson(document.json, path);
  if ('problem' in selected) return { asked, found: selected.problem, expected, verdict: 'unknown' };
  return { asked, found: shownJson(selected.values, path), expected, verdict: jsonHolds(selected.values, condition) };
}

function containsItem(text: string, { body, cut: isCut }: Answer): EvidenceItem {
  const isThere = body.includes(text);
  // Of a body that was cut, what is there is there; what is not may be behind the cut.
  const verdict = !isThere && isCut ? 'unknown' : verdictOf(isThere);
  return {
    asked: 'body',
    found: isThere ? 'that text is there' : shownBody(body),
    expected: `contains ${JSON.stringify(kept(text))}`,
    verdict,
  };
}

function matchItems({ matches }: ResolvedExpectation, { body, cut: isCut }: Answer): readonly EvidenceItem[] {
  if (matches === null) return [];
  const expected = `matches ${JSON.stringify(matches)}`;
  const found = firstMatch(body, matches);
  if (found === null) return [{ asked: 'body', found: 'the pattern took too long', expected, verdict: 'unknown' }];
  if (found.match !== null)
    return [{ asked: 'body', found: 'it is found', expected, verdict: isCut ? 'unknown' : 'pass' }];
  return [{ asked: 'body', found: shownBody(body), expected, verdict: isCut ? 'unknown' : 'fail' }];
}

const verdictOf = (holds: boolean): Holds => (holds ? 'pass' : 'fail');
