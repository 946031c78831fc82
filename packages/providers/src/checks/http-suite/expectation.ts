import { renderHeaderCondition, renderJsonCondition } from './condition.ts';
import type { HeaderCondition, JsonCondition } from './condition-schema.ts';
import { resolveUrl } from './resolve-url.ts';
import type { Expectation } from './suite-schema.ts';
import type { Rendered, Variables } from './template.ts';
import { renderText } from './template.ts';

/** What an answer must be, with everything filled in. */
export interface ResolvedExpectation {
  /** Numbers, and classes like `2xx`. */
  readonly statuses: readonly (number | string)[];
  readonly headers: readonly (readonly [string, HeaderCondition])[];
  readonly json: readonly (readonly [string, JsonCondition])[];
  readonly contains: readonly string[];
  readonly matches: string | null;
  /** Milliseconds. */
  readonly within: number | null;
  /** A text where it is no URL. */
  readonly redirect: URL | string | null;
}

/** Fills an expectation in; what is missing, where a value was not captured. */
export function resolveExpectation(expect: Expectation, variables: Variables): Rendered<ResolvedExpectation> {
  const headers = each(Object.entries(expect.headers), (condition) => renderHeaderCondition(condition, variables));
  if ('missing' in headers) return headers;
  const json = each(Object.entries(expect.json), (condition) => renderJsonCondition(condition, variables));
  if ('missing' in json) return json;
  const contains = each(
    [expect.body.contains ?? []].flat().map((text): [string, string] => ['', text]),
    (text) => renderText(text, variables),
  );
  if ('missing' in contains) return contains;
  const redirect = redirectOf(expect, variables);
  if ('missing' in redirect) return redirect;
  return {
    value: {
      statuses: [expect.status ?? (expect.redirect === undefined ? '2xx' : '3xx')].flat(),
      headers: headers.value,
      json: json.value,
      contains: contains.value.map(([, text]) => text),
      matches: expect.body.matches ?? null,
      within: expect.within ?? null,
      redirect: redirect.value,
    },
  };
}

function each<Given, Made>(
  entries: readonly (readonly [string, Given])[],
  render: (given: Given) => Rendered<Made>,
): Rendered<readonly (readonly [string, Made])[]> {
  const made: (readonly [string, Made])[] = [];
  for (const [key, given] of entries) {
    const rendered = render(given);
    if ('missing' in rendered) return rendered;
    made.push([key, rendered.value]);
  }
  return { value: made };
}

function redirectOf({ redirect }: Expectation, variables: Variables): Rendered<URL | string | null> {
  if (redirect === undefined) return { value: null };
  const resolved = resolveUrl(redirect, variables);
  if ('missing' in resolved) return resolved;
  return { value: 'url' in resolved ? resolved.url : redirect };
}
