import type { SuiteRequest } from './suite-schema.ts';
import { hasStrayBraces, namesIn } from './template.ts';

export interface SuiteProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What templates speak of before it is there, or at all. `known`: the names that are there from the beginning. */
export function checkNames(requests: readonly SuiteRequest[], known: readonly string[]): readonly SuiteProblem[] {
  const names = new Set(known);
  return requests.flatMap((request, index) => {
    const problems = textsOf(request).flatMap(({ path, text }) =>
      flawsOf(text, names).map((message) => ({ path: ['requests', index, ...path], message })),
    );
    const missingBase = needsBase(request) && !names.has('base');
    for (const name of Object.keys(request.capture)) names.add(name);
    const taken = Object.keys(request.capture).filter((name) => known.includes(name));
    return [
      ...problems,
      ...(missingBase
        ? [{ path: ['requests', index, 'url'], message: 'a path needs a base: give base, or write the whole URL' }]
        : []),
      ...taken.map((name) => ({
        path: ['requests', index, 'capture', name],
        message: `"${name}" is already given: capture it under another name`,
      })),
    ];
  });
}

const needsBase = ({ url }: SuiteRequest): boolean => !/^(?:https?:\/\/|\{\{|\$\{)/.test(url);

function flawsOf(text: string, names: ReadonlySet<string>): readonly string[] {
  const unknown = [...new Set(namesIn(text))].filter((name) => !names.has(name));
  const known = [...names].join(', ') || 'nothing';
  const stray = hasStrayBraces(text) ? ['"{{" begins no template here: write {{ name }}'] : [];
  return [...unknown.map((name) => `"${name}" is not known here: known are ${known}`), ...stray];
}

interface Located {
  readonly path: readonly string[];
  readonly text: string;
}

/** The texts of a request that are filled in. Regular expressions are not: a value in one would have to be escaped. */
function textsOf({ url, headers, body, expect }: SuiteRequest): readonly Located[] {
  const { matches: _pattern, ...bodyTexts } = expect.body;
  return [
    ...textsIn({ url, headers, body }, []),
    ...textsIn({ redirect: expect.redirect, body: bodyTexts }, ['expect']),
    ...conditionTexts(expect.json, ['expect', 'json']),
    ...conditionTexts(expect.headers, ['expect', 'headers']),
  ];
}

function conditionTexts(conditions: Readonly<Record<string, unknown>>, path: readonly string[]): readonly Located[] {
  return Object.entries(conditions).flatMap(([key, condition]) => {
    if (typeof condition !== 'object' || condition === null) return textsIn(condition, [...path, key]);
    return textsIn({ ...condition, matches: undefined }, [...path, key]);
  });
}

function textsIn(value: unknown, path: readonly string[]): readonly Located[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}
