import type { Liquid } from 'liquidjs';
import type { MessageLanguage } from '../messages/message-template.ts';
import { TEMPLATE_LIMITS } from './liquid.ts';
import { keptLiquid, parsed } from './kept-liquid.ts';
import { reasonOfTemplateError } from './template-error.ts';
import type { ConfigVariables, MessageVariables } from './variables.ts';

export type Rendered = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Renders a Liquid template. Strict (an unknown variable or filter is a refusal) and bounded in size, time and memory;
 * it reads no file. Never throws.
 */
export function renderText(template: string, variables: MessageVariables | ConfigVariables): Rendered {
  return renderWith(() => keptLiquid(''), template, variables);
}

/** What a message says of a fact that nobody knows: shown, never invented. */
const NOT_KNOWN: Readonly<Record<MessageLanguage, string>> = { en: '[not known]', fr: '[inconnu]' };

/** `renderText` for people: a fact that is null is shown as missing, in the language of the message. Never throws. */
export function renderMessage(template: string, variables: MessageVariables, language: MessageLanguage): Rendered {
  return renderWith(() => keptLiquid(NOT_KNOWN[language]), template, variables);
}

/** `renderText` with an engine that may be made once for many texts, and only where there is a template. */
export function renderWith(
  engine: () => Liquid,
  template: string,
  variables: MessageVariables | ConfigVariables,
): Rendered {
  // Most configuration holds no template at all.
  if (!template.includes('{{') && !template.includes('{%')) return bounded(template);
  try {
    const liquid = engine();
    const text: unknown = liquid.renderSync(parsed(liquid, template), variables);
    return typeof text === 'string' ? bounded(text) : { ok: false, reason: 'the template gave no text' };
  } catch (error) {
    return { ok: false, reason: reasonOfTemplateError(error) };
  }
}

function bounded(text: string): Rendered {
  if (text.length <= TEMPLATE_LIMITS.output) return { ok: true, text };
  return { ok: false, reason: `the text is longer than ${TEMPLATE_LIMITS.output} characters` };
}
