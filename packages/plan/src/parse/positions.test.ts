import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

/** `line:column` of the one problem of a plan whose first step, in line 13 from column 7, is this. */
const placeOf = (step: string): string => {
  const [problem, ...others] = problemsIn(withSteps(step));
  expect(others).toEqual([]);
  return /^\d+:\d+/.exec(problem ?? '')?.[0] ?? 'no problem';
};

const message = (text: string): string => `- announce: A\n  to: [team]\n  text: ${text}`;
const soak = (condition: string): string => `- soak: staging\n  for: 1s\n  while:\n    - ${condition}`;

test.each([
  ['plain', message('a {{ x }}'), '15:20'],
  ['in quotes', message('"a {{ x }}"'), '15:21'],
  ['behind white space in quotes', message('"   {{ x }}"'), '15:22'],
  ['with an escape, which shifts every column', message('"\\t {{ x }}"'), '15:15'],
  ['in a block', message('|\n    a\n    {{ x }}'), '17:14'],
  ['in a block behind empty lines', message('|\n\n\n    a\n    {{ x }}'), '19:14'],
  ['in a block with spaces of its own', message('|2\n      a\n     {{ x }}'), '17:15'],
  ['in a folded block, whose lines are joined', message('>\n    a\n    {{ x }}'), '15:15'],
  ['in a block behind an anchor', message('&m |\n    a\n    {{ x }}'), '17:14'],
  ['in a title in quotes', message('hi').replace(': A', ': "  A {{ x }}"'), '13:27'],
  ['in a condition', soak('errors.new < 1 && latency.nw < 1'), '16:39'],
  ['in a condition of two lines', soak('|\n      errors.new < 1 &&\n      latency.nw < 1'), '18:21'],
])('a wrong name %s', (_, step, place) => {
  expect(placeOf(step)).toBe(place);
});

test('a byte order mark changes no position', () => {
  expect(problemsIn('\uFEFFlunch: x\n')).toEqual(problemsIn('lunch: x\n'));
  expect(problemsIn('\uFEFFa: @x\n')).toEqual(problemsIn('a: @x\n'));
});

test('line ends of Windows change no position', () => {
  const text = withSteps(message('|\n    a\n    {{ x }}'));
  expect(problemsIn(text.replaceAll('\n', '\r\n'))).toEqual(problemsIn(text));
});
