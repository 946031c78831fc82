import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCondition } from './compile-condition.ts';
import type { MetricValues } from './compile-condition.ts';

const METRICS = ['errors', 'latency'];
const VALUES = { errors: { new: 0.02, old: 0.01 }, latency: { new: 300, old: 0 } };

function evaluate(cel: string, values: Readonly<Record<string, MetricValues>>) {
  const compiled = compileCondition(cel, METRICS);
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.condition.evaluate(values);
}

describe('a condition', () => {
  test.each([
    ['errors.new < 0.05', true],
    ['errors.new < 0.01', false],
    ['errors.new < 1', true],
    ['1 > errors.new', true],
    ['errors.new == 1', false],
    ['latency.new == 300', true],
    ['300 == latency.new', true],
    ['latency.new != 300', false],
    ['errors.new <= errors.old * 2', true],
    ['2 * errors.old >= errors.new', true],
    ['errors.new - errors.old < 0.02 && latency.new < 500', true],
    ['errors.new > 0.5 || latency.new + 1 > 300', true],
    ['!(errors.new > 0.5)', true],
    ['-errors.new < 0', true],
    ['errors.old == 0 ? true : errors.new / errors.old < 3', true],
    ['latency.old == 0 ? true : latency.new / latency.old < 3', true],
    ['latency.old == 0 || latency.new / latency.old < 3', true],
  ])('%s is %s', (cel, value) => {
    expect(evaluate(cel, VALUES)).toEqual({ ok: true, value });
  });

  test('names the metrics that it reads, each once', () => {
    const compiled = compileCondition('latency.new < 1 && errors.new < latency.old && errors.old < 1', METRICS);
    expect(compiled.ok && compiled.condition.metrics).toEqual(['latency', 'errors']);
  });

  test('does not need a side that it does not read', () => {
    expect(evaluate('errors.new < 1', { errors: { new: 0.5, old: Number.NaN } })).toEqual({ ok: true, value: true });
  });
});

describe('what is not known is never true', () => {
  test.each([
    ['errors.new < 1', {}, 'there is no value of errors.new'],
    ['errors.new < 1', { errors: { new: Number.NaN, old: 0 } }, 'errors.new is not a finite number'],
    ['!(errors.new > 1)', { errors: { new: Number.NaN, old: 0 } }, 'errors.new is not a finite number'],
    ['errors.new != 1', { errors: { new: Number.NaN, old: 0 } }, 'errors.new is not a finite number'],
    ['errors.new < 1', { errors: { new: Number.NEGATIVE_INFINITY, old: 0 } }, 'errors.new is not a finite number'],
    ['errors.new < errors.old', { errors: { new: 1, old: Number.NaN } }, 'errors.old is not a finite number'],
    [
      '!(errors.new / errors.old > 2)',
      { errors: { new: 0, old: 0 } },
      'the arithmetic has no finite result (a division by zero?)',
    ],
    [
      'errors.new / errors.old > 2',
      { errors: { new: 1, old: 0 } },
      'the arithmetic has no finite result (a division by zero?)',
    ],
    [
      'errors.new * 1e308 > 1',
      { errors: { new: 1e10, old: 0 } },
      'the arithmetic has no finite result (a division by zero?)',
    ],
    ['errors.new < 1.0 / 0.0', { errors: { new: 1, old: 0 } }, 'a number in it is not finite'],
    ['errors.new < 1 / 0', { errors: { new: 1, old: 0 } }, 'division by zero'],
  ])('%s with %j', (cel, values, reason) => {
    expect(evaluate(cel, values)).toEqual({ ok: false, reason });
  });

  test('whatever the numbers, a value that is not finite decides nothing', () => {
    const conditions = [
      'errors.new < errors.old',
      '!(errors.new >= errors.old)',
      'errors.new != errors.old',
      'errors.new / errors.old < 2',
    ];
    const wild = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const sides = fc.oneof(fc.tuple(wild, fc.double()), fc.tuple(fc.double(), wild));
    fc.assert(
      fc.property(fc.constantFrom(...conditions), sides, (cel, [fresh, old]) => {
        expect(evaluate(cel, { errors: { new: fresh, old } }).ok).toBe(false);
      }),
    );
  });
});

describe('refused', () => {
  test.each([
    ['eror.new < 1', 0, 'there is no metric "eror", did you mean "errors"?'],
    ['errors.new < 1 && cpu.new < 1', 18, 'there is no metric "cpu", only errors and latency'],
    ['errors.nw < 1', 7, 'a metric has no "nw", only "new" (the new version) and "old" (the old one)'],
    ['errors.new <', 12, 'it ends too early'],
    ['errors.new < 0,01', 14, "unexpected character: ','"],
    ['errors.new = 1', 11, 'unexpected character: ='],
    ['', 0, 'it ends too early'],
    ['errors.new', 0, 'it must be a comparison that is true or false, such as errors.new < 0.01'],
    ['errors == errors', 0, 'write errors.new or errors.old'],
    ['true', 0, 'it reads no metric, so it can never change'],
    ['errors.new && true', 0, 'both sides of && and || must be comparisons'],
    ['dyn(errors.new) < 1', 0, 'it may only compare and calculate, without functions or lists'],
    ['errors.new < 1 && "a".matches("(a+)+$")', 18, 'it may only compare and calculate, without functions or lists'],
    ['[1].all(x, errors.new < 1)', 0, 'it may only compare and calculate, without functions or lists'],
    ['errors["new"] < 1', 0, 'it may only compare and calculate, without functions or lists'],
    ['"a" < errors.new', 0, 'no such overload: string < number'],
    [`errors.new < 1${' '.repeat(1_000)}`, 0, 'it is longer than 1000 characters'],
    [`${'('.repeat(40)}errors.new < 1${')'.repeat(40)}`, 32, 'exceeded maxDepth (32)'],
  ])('%s', (cel, offset, reason) => {
    expect(compileCondition(cel, METRICS)).toEqual({ ok: false, offset, reason });
  });

  test('says so where a plan has no metrics at all', () => {
    const reason = 'there is no metric "errors", the plan names none under "metrics"';
    expect(compileCondition('errors.new < 1', [])).toMatchObject({ reason });
  });

  test('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      'errors',
      '.',
      'new',
      '<',
      '&&',
      '(',
      ')',
      '1',
      '0.5',
      '?',
      ':',
      '"',
      '\\',
      '{',
      '[',
      '🦊',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        expect(typeof compileCondition(parts.join(' '), METRICS).ok).toBe('boolean');
      }),
    );
  });
});
