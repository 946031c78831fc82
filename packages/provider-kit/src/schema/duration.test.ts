import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { duration, formatDuration } from './duration.ts';

describe('duration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1d1h1m1s1ms', 90_061_001],
    ['90m', 5_400_000],
    ['0s', 0],
    ['5m500ms', 300_500],
  ])('reads %s as %i ms', (text, milliseconds) => {
    expect(duration().parse(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '5',
    's',
    '5 m',
    '5M',
    '1.5h',
    '-5s',
    '5s5m',
    '5m5m',
    '5min',
    '1w',
    'P1D',
    ' 5s',
    '5s\n',
    '1234567s',
    5,
    null,
  ])('refuses %j and says how to write it', (input) => {
    const result = duration().safeParse(input);
    expect(result.error?.issues[0]?.message).toMatch(/write a duration like .*1h30m|expected string/);
  });

  it.each([
    ['999ms', /at least 1s/],
    ['1h1ms', /at most 1h/],
  ])('refuses %s outside its limits', (text, message) => {
    const limited = duration({ min: 1000, max: 3_600_000 });
    expect(limited.safeParse(text).error?.issues[0]?.message).toMatch(message);
    expect(limited.safeParse('1s').success && limited.safeParse('1h').success).toBe(true);
  });

  it('is a string with a pattern in JSON Schema', () => {
    const schema = z.toJSONSchema(duration().describe('How long.'), { io: 'input' });
    expect(schema).toMatchObject({ type: 'string', pattern: expect.stringMatching(/^\^/), description: 'How long.' });
    const pattern = new RegExp(String(schema.pattern), 'u');
    expect([pattern.test('1h30m'), pattern.test('soon'), pattern.test('')]).toEqual([true, false, false]);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (milliseconds) => {
        expect(duration().parse(formatDuration(milliseconds))).toBe(milliseconds);
        expect(z.encode(duration(), milliseconds)).toBe(formatDuration(milliseconds));
      }),
    );
  });
});
