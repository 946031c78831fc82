import { readFileSync } from 'node:fs';
import type { LaunchRecord, StoredEvent } from '@slipway/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { en } from '../messages/en.ts';
import { chainProblem } from './check-chain.ts';
import { parseRecord } from './parse-record.ts';

/** As a server wrote it: accents, nested evidence, messages. */
const TEXT = readFileSync(new URL('fixtures/record.json', import.meta.url), 'utf8');

function record(): LaunchRecord {
  const read = parseRecord(TEXT);
  if (read === null) throw new Error('the fixture is no record');
  return read;
}

const problemOf = (changed: LaunchRecord): string | null => chainProblem(changed, en);
const withEvents = (change: (events: readonly StoredEvent[]) => readonly StoredEvent[]): LaunchRecord => {
  const whole = record();
  return { ...whole, events: [...change(whole.events)] };
};

/** Every place in a value, by its path. */
function places(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]))];
}

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What holds the place. */
function holderOf(value: unknown, path: readonly string[]): Record<string, unknown> {
  const holder = path.slice(0, -1).reduce((at, key) => (isHolder(at) ? at[key] : null), value);
  if (!isHolder(holder)) throw new Error(`nothing holds ${path.join('.')}`);
  return holder;
}

function mutate(whole: LaunchRecord, path: readonly string[], how: 'other' | 'gone' | 'more' | 'proto'): LaunchRecord {
  const copy = structuredClone(whole);
  const holder = holderOf(copy, path);
  const last = path.at(-1) ?? '';
  if (how === 'more') holder['more'] = 7;
  else if (how === 'proto') Object.defineProperty(holder, '__proto__', { value: 7, enumerable: true });
  else if (how === 'gone') Reflect.deleteProperty(holder, last);
  else holder[last] = holder[last] === 7 ? 8 : 7;
  return copy;
}

describe('the chain of a record', () => {
  test('as the server wrote it is whole', () => {
    expect(problemOf(record())).toBeNull();
  });

  test('with any one value changed, taken out or added is not, or is no record any more', () => {
    const inEvents = places(record().events)
      .filter((path) => path.length > 1)
      .map((path) => ['events', ...path]);
    const anywhere = fc.constantFrom(['launch'], ...inEvents);
    fc.assert(
      fc.property(anywhere, fc.constantFrom('other', 'gone', 'more', 'proto'), (path, how) => {
        const text = JSON.stringify(mutate(record(), path, how));
        // A list cannot hold a name.
        fc.pre(text !== JSON.stringify(record()));
        const changed = parseRecord(text);
        expect(changed === null ? 'no record' : problemOf(changed)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('with any event missing, twice, or in another place names where', () => {
    const { events } = record();
    for (let at = 0; at < events.length - 1; at += 1) {
      const missing = withEvents((all) => all.filter((_, index) => index !== at));
      expect(problemOf(missing)).toBe(en.reports.problems.outOfOrder(at + 1, record().launch, at + 2));
      const twice = withEvents((all) => all.flatMap((each, index) => (index === at ? [each, each] : [each])));
      expect(problemOf(twice)).toContain(`Event ${at + 2} `);
      const swapped = withEvents((all) =>
        all.map((each, index) => all[index === at ? at + 1 : index === at + 1 ? at : index] ?? each),
      );
      expect(problemOf(swapped)).toContain(`Event ${at + 1} `);
    }
  });

  test('whose later events were renumbered after one was taken out does not hold together', () => {
    const renumbered = withEvents((all) =>
      all.filter(({ seq }) => seq !== 4).map((each, index) => ({ ...each, seq: index + 1 })),
    );
    expect(problemOf(renumbered)).toBe(en.reports.problems.unlinked(4, record().launch));
  });

  test.each([
    ['infinity', '1e999'],
    ['endless depth', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('that holds %s was never written', (_name, json) => {
    const text = TEXT.replace('"launch-started",', () => `"launch-started", "t1": ${json},`);
    const changed = parseRecord(text);
    expect(changed === null ? 'no record' : problemOf(changed)).not.toBeNull();
  });
});

test.each(['', '{', '[]', '{"format":"slipway-record-2","launch":"a","events":[]}', 'null'])(
  '%j is no record',
  (text) => {
    expect(parseRecord(text)).toBeNull();
  },
);
