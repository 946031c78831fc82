import { renderText } from '@slipway/plan';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literalTemplate } from './literal-template.ts';

const VARIABLES = { launch: { name: 'l', title: 't', id: 'l-1' }, artifact: { name: 'a', version: '1', git: null } };

it.each([
  'plain',
  '{{ launch.id }}',
  '{% raw %}{{ x }}{% endraw %}',
  '{{{%%}}} {{{{ {%- x -%}',
  '{{ "{{" }}',
  "it's {{ 'quoted' }}\nnext line {",
])('%j is told as it is', (text) => {
  expect(renderText(literalTemplate(text), VARIABLES)).toEqual({ ok: true, text });
});

it('is no template, whatever is made of its signs', () => {
  const signs = fc.array(fc.constantFrom('{', '}', '%', ' ', '"', "'", '-', 'a', '{{', '}}', '{%', '%}', 'raw', '\n'));
  fc.assert(
    fc.property(signs, (parts) => {
      const text = parts.join('');
      expect(renderText(literalTemplate(text), VARIABLES)).toEqual({ ok: true, text });
    }),
    { numRuns: 500 },
  );
});
