import { describe, expect, test } from 'vitest';
import { listWords } from './list-words.ts';
import { nearest } from './nearest.ts';
import { slug } from './slug.ts';

describe('slug', () => {
  test.each([
    ['Tree is clean and tagged', 'tree-is-clean-and-tagged'],
    ['Shop {{ artifact.version }} is live', 'shop-is-live'],
    ['Prêt à déployer', 'pret-a-deployer'],
    ['2.2.0: go!', 'go'],
    ['  --  ', ''],
    ['発売', ''],
    ['x'.repeat(100), 'x'.repeat(63)],
    [`${'x'.repeat(62)} y`, 'x'.repeat(62)],
  ])('%j becomes %j', (title, id) => {
    expect(slug(title)).toBe(id);
  });
});

describe('nearest', () => {
  test.each([
    ['stratgy', ['strategy', 'steps'], 'strategy'],
    ['gti', ['git', 'http'], 'git'],
    ['titel', ['title', 'zone'], 'title'],
    ['Staging', ['staging'], 'staging'],
    ['prod', ['production', 'staging'], null],
    ['x', [], null],
    ['x', ['a'], null],
    ['X', ['x'], 'x'],
    ['staging', ['s'.repeat(1_000), 'stagin'], 'stagin'],
  ])('%s among %j is %j', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });
});

describe('listWords', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
    [Array.from({ length: 20 }, (_, index) => `w${index}`), 'w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10 or 9 more'],
  ])('%j is written %j', (words, text) => {
    expect(listWords(words, 'or')).toBe(text);
  });
});
