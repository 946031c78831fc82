import { didYouMean } from '../text/nearest.ts';
import { listWords } from '../text/list-words.ts';
import { createLiquid } from './liquid.ts';
import { reasonOfTemplateError, spotOfTemplateError } from './template-error.ts';
import type { TemplateSpot } from './template-error.ts';

/** Something wrong with a template, before it is ever rendered. */
export interface TemplateFlaw {
  readonly reason: string;
  readonly spot: TemplateSpot;
  /** There where it reads a variable that is not allowed; its form is right. */
  readonly unknown?: true;
}

/** Parses a template and checks each variable that it reads against the allowed ones. Empty: nothing is wrong. Never throws. */
export function checkTemplate(template: string, allowed: Readonly<Record<string, string>>): readonly TemplateFlaw[] {
  if (!template.includes('{{') && !template.includes('{%')) return [];
  const liquid = createLiquid();
  try {
    const { globals } = liquid.analyzeSync(liquid.parse(template), { partials: false });
    return Object.values(globals)
      .flat()
      .flatMap((variable) => {
        const name = String(variable);
        const spot = { line: variable.location.row, column: variable.location.col };
        return Object.hasOwn(allowed, name)
          ? []
          : [{ reason: unknownVariable(name, Object.keys(allowed)), spot, unknown: true as const }];
      });
  } catch (error) {
    return [{ reason: reasonOfTemplateError(error), spot: spotOfTemplateError(error) }];
  }
}

function unknownVariable(name: string, allowed: readonly string[]): string {
  const hint = didYouMean(name, allowed);
  const known = hint === '' ? `, only ${listWords(grouped(allowed), 'and')}` : hint;
  return `there is no variable "${name}" here${known}`;
}

/** So many names one reads. */
const READABLE = 12;

/** A long list by its groups: `facts.…`. */
function grouped(names: readonly string[]): readonly string[] {
  if (names.length <= READABLE) return names;
  const group = (name: string): string => (name.includes('.') ? `${name.slice(0, name.indexOf('.'))}.…` : name);
  return [...new Set(names.map(group))];
}
