import type { SloAlert } from './catalogue.ts';
import { parseShorthand } from './duration-shorthand.ts';
import type { Fields } from './fields.ts';
import { loseDetails, readMeta } from './read-meta.ts';

/** The annotation where a condition of ours keeps its second window: one of OpenSLO has only one. */
export const SHORT_WINDOW = 'slipway-short-window';

/** An alert condition: its one window is both of ours, unless it says otherwise in an annotation of ours. */
export function readCondition(condition: Fields): Omit<SloAlert, 'policy'> | null {
  condition.header();
  const meta = readMeta(condition);
  const spec = condition.neededBelow('spec');
  condition.close();
  if (meta === null || spec === null) return null;
  const { [SHORT_WINDOW]: written, ...annotations } = meta.annotations;
  loseDetails(condition, { ...meta, annotations });
  const severity = spec.neededText('severity');
  const description = spec.text('description');
  const burning = spec.neededBelow('condition');
  spec.close();
  const rule = burning === null ? null : readRule(burning);
  if (severity === null || rule === null) return null;
  const shortMs = written === undefined ? rule.longMs : (parseShorthand(written)?.ms ?? 0);
  if (!(shortMs > 0 && shortMs <= rule.longMs)) {
    return condition.refuse(`metadata.annotations.${SHORT_WINDOW}`, 'wrong-value');
  }
  return { condition: meta.name, description, severity, ...rule, shortMs };
}

function readRule(rule: Fields): { readonly burn: number; readonly longMs: number } | null {
  const kind = rule.text('kind');
  if (kind !== null && kind !== 'burnrate') rule.refuse('kind', 'wrong-value');
  const isAbove = readOperator(rule);
  const burn = rule.number('threshold') ?? (rule.has('threshold') ? null : rule.refuse('threshold', 'missing'));
  const longMs = readDuration(rule, 'lookbackWindow');
  if (rule.has('alertAfter') && readDuration(rule, 'alertAfter', 0) !== 0) rule.lose('alertAfter', 'wait-not-kept');
  rule.close();
  if (burn === null || longMs === null || !isAbove) return null;
  return burn > 0 ? { burn, longMs } : rule.refuse('threshold', 'wrong-value');
}

/** Newer files say how the burn rate is compared. */
function readOperator(rule: Fields): boolean {
  const operator = rule.text('op');
  if (operator === 'gte') rule.lose('op', 'or-equal');
  if (operator === null || operator === 'gt' || operator === 'gte') return true;
  rule.refuse('op', 'not-above');
  return false;
}

/** Milliseconds of a needed duration, at least `least`. A month is told as the length that it is taken for. */
export function readDuration(fields: Fields, key: string, least = 1): number | null {
  const text = fields.neededText(key);
  if (text === null) return null;
  const duration = parseShorthand(text);
  if (duration === null || duration.ms < least) return fields.refuse(key, 'wrong-value');
  if (duration.isChosen) fields.lose(key, 'fixed-length');
  return duration.ms;
}
