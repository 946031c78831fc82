import { expect, it } from 'vitest';
import { Routing } from './routing.ts';

it('routes nothing where there is nothing', () => {
  expect(new Routing({}).route(null, 0.5)).toBeNull();
  expect(new Routing({}).route('ada', 0.5)).toBeNull();
});

it("takes a version's addresses in turn, with the others after it, and no other version's", () => {
  const routing = new Routing({ v1: { weight: 50, addresses: ['a', 'b', 'c'] }, v2: { weight: 50, addresses: ['d'] } });
  const met = [0, 0.9, 0.1, 0.2, 0.3].map((uniform) => routing.route(null, uniform));
  expect(met).toEqual([
    { version: 'v1', addresses: ['a', 'b', 'c'] },
    { version: 'v2', addresses: ['d'] },
    { version: 'v1', addresses: ['b', 'c', 'a'] },
    { version: 'v1', addresses: ['c', 'a', 'b'] },
    { version: 'v1', addresses: ['a', 'b', 'c'] },
  ]);
});

it('follows the key of a client that is recognised, not the number', () => {
  const routing = new Routing({ v1: { weight: 50, addresses: ['a'] }, v2: { weight: 50, addresses: ['b'] } });
  const versions = [0, 0.3, 0.6, 0.99].map((uniform) => routing.route('ada', uniform)?.version);
  expect(new Set(versions).size).toBe(1);
});

it('knows its versions and addresses', () => {
  const routing = new Routing({ v1: { weight: 100, addresses: ['a', 'b'] }, v2: { weight: 0, addresses: ['b'] } });
  expect([...routing.versions]).toEqual([
    ['v1', ['a', 'b']],
    ['v2', ['b']],
  ]);
  expect(routing.addresses).toEqual(new Set(['a', 'b']));
});
