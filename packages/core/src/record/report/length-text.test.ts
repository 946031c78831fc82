import { describe, expect, test } from 'vitest';
import { lengthText } from './length-text.ts';

describe('a length of time', () => {
  test.each([
    [0, 'en', '0.0 s'],
    [8_250, 'fr', '8,3 s'],
    [60_000, 'en', '1 min'],
    [125_900, 'en', '2 min 5 s'],
    [3_600_000, 'en', '1 h'],
    [172_800_000, 'fr', '2 j'],
    [183_600_000, 'en', '2 d 3 h'],
  ] as const)('%d ms (%s)', (ms, language, expected) => {
    expect(lengthText(ms, language)).toBe(expected);
  });
});
