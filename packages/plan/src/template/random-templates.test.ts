import fc from 'fast-check';
import { expect, it } from 'vitest';
import { givenWords, MESSAGE_VARIABLES, messageVariables } from './variables.ts';
import { checkTemplate } from './check-template.ts';
import { renderMessage } from './render-text.ts';
import { testVariables } from '../testing/variables.ts';

const SECRET = 'hunter2-of-the-server';
const ODD = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{% if',
  '{% endif %}',
  '{% for i in (1..99) %}',
  '{% endfor %}',
  '{% assign x = ',
  '| default: "x"',
  '| date: "%Y"',
  '| split: ""',
  '| join',
  '| append: x',
  '| times: 1e308',
  '| slice: -1',
  '{{ links.',
  'words.none }}',
  '{{ "now" | date }}',
  '{% render "/etc/passwd" %}',
  '{% raw %}',
  '{% capture y %}',
  '{{ process.env }}',
  '{{ constructor.constructor }}',
  '{{ __proto__ }}',
  '\u0000',
  'é🙂',
  '"',
  "'",
  '-',
];
const PIECES = [...Object.keys(MESSAGE_VARIABLES).map((name) => `{{ ${name} }}`), ...ODD];
const template = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((pieces) => pieces.join(''));

it('no template breaks the check or a message, whatever is in it', { timeout: 120_000 }, () => {
  const variables = { ...testVariables, ...givenWords(undefined) };
  const allowed = messageVariables(undefined);
  process.env['SLIPWAY_TEST_SECRET'] = SECRET;
  fc.assert(
    fc.property(template, (text) => {
      const flaws = checkTemplate(text, allowed);
      const rendered = renderMessage(text, variables, 'en');
      const said = rendered.ok ? rendered.text : rendered.reason;
      expect(said.length).toBeLessThanOrEqual(40_000);
      expect(`${said}${flaws.map(({ reason }) => reason).join('')}`).not.toContain(SECRET);
    }),
    { numRuns: 10_000, seed: Number(process.env['SLIPWAY_FUZZ_SEED'] ?? 20_261_124) },
  );
});
