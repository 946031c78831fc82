import { expect, it } from 'vitest';
import { idOf } from './identifiers.ts';
import type { StoredSplit } from './stored-split.ts';
import { joined, knowsAll, wantedBy } from './stored-split.ts';

const target = (version: string, ...addresses: readonly string[]) => ({
  [idOf(version)]: { version, addresses: [...addresses] },
});
const backends = (weights: Readonly<Record<string, readonly string[]>>) => ({
  backends: Object.fromEntries(
    Object.entries(weights).map(([version, addresses]) => [version, { weight: 0, addresses }]),
  ),
});

it('wants each version that has instances, in an order of no meaning', () => {
  expect(wantedBy(backends({ v1: ['b:1', 'a:1'], v2: [] }))).toEqual(target('v1', 'a:1', 'b:1'));
});

it.each([
  ['the same', backends({ v1: ['a:1'] }), true],
  ['fewer', backends({}), true],
  ['another order', backends({ v2: ['c:1', 'b:1'] }), true],
  ['another version', backends({ v3: ['a:1'] }), false],
  ['another address', backends({ v1: ['a:2'] }), false],
  ['one instance more', backends({ v1: ['a:1', 'a:2'] }), false],
])('%s needs another configuration or none', (_what, split, known) => {
  const targets = { ...target('v1', 'a:1'), ...target('v2', 'b:1', 'c:1') };
  expect(knowsAll(targets, wantedBy(split))).toBe(known);
});

it('keeps the way back, and forgets the rest', () => {
  const stored: StoredSplit = {
    format: 1,
    split: { revision: 1, backends: { v1: { weight: 100, addresses: ['a:1'] } } },
    mark: '',
    targets: { ...target('v0', 'z:1'), ...target('v1', 'a:1'), ...target('v2', 'b:1'), ...target('v3', 'c:1') },
  };
  const wanted = target('v3', 'c:2');
  expect(joined(wanted, stored, [idOf('v2'), idOf('gone')])).toEqual({
    ...target('v1', 'a:1'),
    ...target('v2', 'b:1'),
    ...wanted,
  });
});
