import { describe, expect, test } from 'vitest';
import { allNeeds, cyclesOf } from './graph.ts';

/** `a:b,c d` says that a waits for b and c, and d for nothing. */
function graphOf(text: string): ReadonlyMap<string, readonly string[]> {
  const entries = text.split(' ').map((part): [string, readonly string[]] => {
    const [id = '', needs = ''] = part.split(':');
    return [id, needs.split(',').filter((need) => need !== '')];
  });
  return new Map(entries);
}

const cyclesIn = (text: string): readonly string[] => cyclesOf(graphOf(text)).map((cycle) => cycle.join(' '));

describe('cycles', () => {
  test.each([
    ['nothing', 'a', []],
    ['a chain', 'a b:a c:b', []],
    ['a diamond', 'a b:a c:a d:b,c', []],
    ['a diamond with a short cut', 'a b:a c:a d:b,c,a', []],
    ['a need of what does not exist', 'a:x', []],
    ['a need that is given twice', 'a b:a,a', []],
    ['a step that waits for itself', 'a:a', ['a']],
    ['two', 'a:b b:a', ['a b']],
    ['two behind a tail', 'x:b a:b b:a', ['a b']],
    ['two with a tail in front', 'a:b b:a,c c', ['a b']],
    ['two circles apart', 'a:b b:a c:d d:c', ['a b', 'c d']],
    ['two circles that share a step', 'a:b,c b:a c:a', ['a b', 'a c']],
    ['a circle in a circle', 'a:b b:c,a c:a', ['a b c', 'a b']],
    ['a circle that is entered in its middle', 'x:c a:b b:c c:a', ['a b c']],
  ])('%s', (_, graph, cycles) => {
    expect(cyclesIn(graph)).toEqual(cycles);
  });

  test.each([1, 2, 3, 7, 50, 500])('one of %d steps is told once, from its first step on', (length) => {
    const ids = Array.from({ length }, (_, index) => `s${index}`);
    const graph = ids.map((id, index) => `${id}:${ids[(index + 1) % length]}`).join(' ');
    expect(cyclesIn(graph)).toEqual([ids.join(' ')]);
    expect(cyclesIn(`x:${ids.at(-1)} ${graph}`)).toEqual([ids.join(' ')]);
    const broken = graph.slice(0, graph.lastIndexOf(':'));
    expect(cyclesIn(broken)).toEqual([]);
  });
});

describe('everything before a step', () => {
  test.each([
    ['a chain', 'a b:a c:b', 'c', ['a', 'b']],
    ['a diamond', 'a b:a c:a d:b,c', 'd', ['a', 'b', 'c']],
    ['whatever the order of the steps', 'c:b b:a a', 'c', ['a', 'b']],
    ['what does not exist', 'a:x', 'a', ['x']],
    ['a cycle, which ends the walk', 'a:b b:a c:a', 'c', ['a', 'b']],
  ])('%s', (_, graph, id, before) => {
    expect([...(allNeeds(graphOf(graph)).get(id) ?? [])].toSorted()).toEqual(before);
  });
});
