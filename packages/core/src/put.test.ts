import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COPIED, onOwnCopies, type Records } from './put.ts';

const key = fc.constantFrom('a', 'b', 'constructor', '__proto__', '1', 'z');
/** null: it is dropped. */
const changes = fc.array(fc.tuple(key, fc.option(fc.nat(9))), { maxLength: 30 });

const all = (
  records: Records,
  from: Readonly<Record<string, number>>,
  made: readonly (readonly [string, number | null])[],
) =>
  made.reduce(
    (record, [name, value]) =>
      value === null ? records.drop(record, [name, 'never there']) : records.put(record, name, value),
    from,
  );

describe('records', () => {
  it('are the same, in the same order, whether each change copies or only the first', () => {
    fc.assert(
      fc.property(changes, changes, (first, rest) => {
        const from = Object.freeze(all(COPIED, {}, first));
        const before = JSON.stringify(Object.entries(from));
        const [each, once] = [all(COPIED, from, rest), all(onOwnCopies(), from, rest)];
        expect(Object.entries(once)).toEqual(Object.entries(each));
        expect(Object.getPrototypeOf(once)).toBe(Object.prototype);
        expect(JSON.stringify(Object.entries(from))).toBe(before);
      }),
    );
  });

  it('that others handed in are copied once, and its own copy never', () => {
    const records = onOwnCopies();
    const theirs = { a: 1 };
    const first = records.put(theirs, 'b', 2);
    expect([first === theirs, theirs]).toEqual([false, { a: 1 }]);
    expect(records.put(first, 'c', 3)).toBe(first);
    expect(records.drop(first, ['c'])).toBe(first);
    expect(onOwnCopies().put(first, 'd', 4)).not.toBe(first);
  });
});
