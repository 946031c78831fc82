import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import type { Path } from './flag-problem.ts';
import { jsonOffset } from './json-offset.ts';

const TEXT = '{ "flags" : {"a\\"b": [1, {"c}": "x]"}, null ] , "d": true},\n"e":{} }';

describe('where something stands in a JSON text', () => {
  it.each<[string, Path, string]>([
    ['the whole', [], '{ "flags"'],
    ['a value', ['flags', 'd'], 'true}'],
    ['behind a key with a quote, in a list', ['flags', 'a"b', 1, 'c}'], '"x]"}'],
    ['the last of a list', ['flags', 'a"b', 2], 'null ]'],
    ['what is not there is where it is missing from', ['flags', 'nothing', 'at', 'all'], '{"a'],
    ['an item that is not there', ['flags', 'a"b', 9], '[1'],
    ['an empty map', ['e'], '{} }'],
    ['nothing of an empty map', ['e', 'f'], '{} }'],
    ['nothing of a value that holds nothing', ['flags', 'd', 'x'], 'true}'],
  ])('%s', (_what, path, expected) => {
    expect(TEXT.slice(jsonOffset(TEXT, { path })).startsWith(expected)).toBe(true);
  });

  it('is the key where that is what is wrong', () => {
    expect(TEXT.slice(jsonOffset(TEXT, { path: ['flags', 'd'], atKey: true })).startsWith('"d": true')).toBe(true);
  });

  it('is found for every value of any JSON', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
    const indents = fc.constantFrom(0, 2, '\t');
    fc.assert(
      fc.property(json, indents, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        for (const [path, each] of pathsOf(value as Json)) {
          const written = JSON.stringify(each);
          const found = text.slice(jsonOffset(text, { path }));
          expect(found.replaceAll(/\s/g, '').startsWith(written.replaceAll(/\s/g, ''))).toBe(true);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

function pathsOf(value: Json, path: Path = []): readonly (readonly [Path, Json])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const list = Array.isArray(value);
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  return [[path, value], ...entries.flatMap(([key, each]) => pathsOf(each, [...path, list ? Number(key) : key]))];
}
