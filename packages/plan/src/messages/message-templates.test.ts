import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../template/check-template.ts';
import { createLiquid } from '../template/liquid.ts';
import { renderMessage } from '../template/render-text.ts';
import { givenWords, messageVariables, type MessageVariables } from '../template/variables.ts';
import { testVariables } from '../testing/variables.ts';
import { MESSAGE_LANGUAGES, type MessageTemplate } from './message-template.ts';
import { LINK_NAMES, MESSAGE_TEMPLATES, WORD_NAMES } from './message-templates.ts';

const TEMPLATES: readonly (readonly [string, MessageTemplate])[] = Object.entries(MESSAGE_TEMPLATES);
const ALLOWED = messageVariables(undefined);

function readBy(text: string): readonly string[] {
  const liquid = createLiquid();
  const { globals } = liquid.analyzeSync(liquid.parse(text), { partials: false });
  return Object.values(globals).flatMap((uses) => uses.map(String));
}

/** Of the facts every one that may be unknown is. */
function nothingKnown(): MessageVariables {
  const facts = Object.fromEntries(Object.keys(testVariables.facts).map((name) => [name, null]));
  return { ...testVariables, facts: { ...testVariables.facts, ...facts }, ...givenWords(undefined) };
}

describe.each(TEMPLATES)('the shipped message %s', (_name, template) => {
  it.each(MESSAGE_LANGUAGES)('reads only variables that there are, and shows what is missing (%s)', (language) => {
    const { title, text } = template[language];
    expect([...checkTemplate(title, ALLOWED), ...checkTemplate(text, ALLOWED)]).toEqual([]);
    const rendered = renderMessage(text, nothingKnown(), language);
    expect(rendered).toMatchObject({ ok: true });
    expect(rendered.ok && rendered.text).toContain(language === 'fr' ? '[inconnu]' : '[not known]');
    expect(rendered.ok && rendered.text).not.toMatch(/null|undefined|NaN/);
  });

  it('says the same in both languages', () => {
    const [en, fr] = MESSAGE_LANGUAGES.map((language) => {
      const { title, text } = template[language];
      return [...readBy(title), ...readBy(text)].toSorted();
    });
    expect(fr).toEqual(en);
  });
});

it('reads each link and each word that it asks plans for', () => {
  const read = new Set(TEMPLATES.flatMap(([, { en }]) => readBy(`${en.title}${en.text}`)));
  const asked = [...LINK_NAMES.map((name) => `links.${name}`), ...WORD_NAMES.map((name) => `words.${name}`)];
  expect(asked.filter((name) => !read.has(name))).toEqual([]);
});
