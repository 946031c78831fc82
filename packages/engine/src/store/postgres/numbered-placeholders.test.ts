import { expect, it } from 'vitest';
import { numberedPlaceholders } from './numbered-placeholders.ts';

it.each([
  ['select ?1, ?2, ?10', 'select $1, $2, $10'],
  ['values (?2, ?1, ?2)', 'values ($2, $1, $2)'],
  ["select '?1', ?1", "select '?1', $1"],
  ["select 'it''s ?1', ?1", "select 'it''s ?1', $1"],
  ['select a ? b', 'select a ? b'],
  ['select $1', 'select $1'],
])('%s is %s', (portable, numbered) => {
  expect(numberedPlaceholders(portable)).toBe(numbered);
});
