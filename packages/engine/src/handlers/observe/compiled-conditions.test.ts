import { TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { CompiledConditions } from './compiled-conditions.ts';

const errors = (cel: string) => ({ cel, metrics: ['errors'] });

test('the same condition is compiled once, another one is not taken for it', () => {
  const conditions = new CompiledConditions();
  const one = conditions.of(errors('errors.new < 0.01'));
  expect(conditions.of(errors('errors.new < 0.01'))).toBe(one);
  const other = conditions.of(errors('errors.new < 0.5'));
  const values = { errors: { new: 0.1, old: 0 } };
  expect(one.evaluate(values)).toEqual({ ok: true, value: false });
  expect(other.evaluate(values)).toEqual({ ok: true, value: true });
  expect(one.evaluate(values)).toEqual({ ok: true, value: false });
});

test('one that does not compile is an error each time', () => {
  const conditions = new CompiledConditions();
  for (let time = 0; time < 2; time += 1) {
    expect(() => conditions.of({ cel: 'errors.new < 0.01', metrics: ['latency'] })).toThrow(TerminalError);
  }
});

test('more than a thousand are not kept', () => {
  const conditions = new CompiledConditions();
  const first = conditions.of(errors('errors.new < 2000'));
  for (let index = 0; index < 999; index += 1) conditions.of(errors(`errors.new < ${index}`));
  expect(conditions.of(errors('errors.new < 2000'))).toBe(first);
  conditions.of(errors('errors.new < 1001'));
  expect(conditions.of(errors('errors.new < 2000'))).not.toBe(first);
});
