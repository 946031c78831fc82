import { describe, expect, test } from 'vitest';
import { safe } from './markdown-text.ts';

describe('a text is one line that shows as it is written', () => {
  test.each([
    ['a  b\n\tc\r\n', 'a b c'],
    ['\u2028a\u2029b\u00a0c', 'a b c'],
    ['red \u001b[31malert\u0007\u0000\u007f\u009b', 'red \\[31malert'],
    ['\u202egpj.exe\u202c \u2066x\u2069 \u200e\u200f\u061cy', 'gpj.exe x y'],
    ['*a* `b` [c](d) <e> #f |g| ~h~', '\\*a\\* \\`b\\` \\[c\\](d) \\<e\\> \\#f \\|g\\| \\~h\\~'],
    ['é—🚀 שלום', 'é—🚀 שלום'],
    ['x'.repeat(301), `${'x'.repeat(300)}…`],
  ])('%j', (text, shown) => {
    expect(safe(text)).toBe(shown);
  });
});
