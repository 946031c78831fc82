import { expect, test } from 'vitest';
import { testVariables } from '../testing/variables.ts';
import { checkTemplate } from './check-template.ts';
import { renderText } from './render-text.ts';
import { CONFIG_VARIABLES, MESSAGE_VARIABLES } from './variables.ts';

test.each([
  'no template',
  '{{ artifact.version }} {{ artifact["name"] }}',
  '{% assign x = artifact.name %}{{ x }}{% for i in (1..3) %}{{ i }}{% endfor %}',
  '{% if facts.cause == blank %}-{% endif %}',
])('%s is right', (template) => {
  expect(checkTemplate(template, MESSAGE_VARIABLES)).toEqual([]);
});

test.each([
  [
    'a\n b {{ artifact.versoin }}',
    2,
    7,
    'there is no variable "artifact.versoin" here, did you mean "artifact.version"?',
    { unknown: true },
  ],
  ['{{ artifact }}', 1, 4, 'there is no variable "artifact" here, did you mean "artifact.git"?', { unknown: true }],
  ['{{ person | shout }}', 1, 1, 'there is no filter "shout"', {}],
  ['x {{ person', 1, 3, '"{{ person" is not closed', {}],
  ['{% include "x" %}', 1, 1, 'there is no tag "include"', {}],
])('%j is wrong at %d:%d', (template, line, column, reason, how) => {
  expect(checkTemplate(template, MESSAGE_VARIABLES)).toEqual([{ reason, spot: { line, column }, ...how }]);
});

test('a configuration knows nothing of what happens later', () => {
  const [flaw] = checkTemplate('{{ facts.cause }}', CONFIG_VARIABLES);
  expect(flaw?.reason).toBe(
    'there is no variable "facts.cause" here, only launch.name, launch.title, launch.id, artifact.name, artifact.version and artifact.git',
  );
});

test('every variable that is allowed can be rendered', () => {
  for (const name of Object.keys(MESSAGE_VARIABLES)) {
    expect(checkTemplate(`{{ ${name} }}`, MESSAGE_VARIABLES)).toEqual([]);
    expect(renderText(`{{ ${name} }}`, testVariables).ok).toBe(true);
  }
});
