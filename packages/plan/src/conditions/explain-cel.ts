import { didYouMean } from '../text/nearest.ts';
import { listWords } from '../text/list-words.ts';

/** What cel-js says about a condition that it refuses. */
export interface CelRefusal {
  readonly code: string;
  readonly summary: string;
}

/** One sentence about a condition that does not parse or has the wrong types. `culprit` is the text that the library points at. */
export function explainCel(refusal: CelRefusal, culprit: string, metrics: readonly string[]): string {
  switch (refusal.code) {
    case 'unknown_variable':
      return unknownMetric(culprit, metrics);
    case 'no_such_key':
      return `a metric has no "${culprit}", only "new" (the new version) and "old" (the old one)`;
    case 'invalid_logical_operand':
      return 'both sides of && and || must be comparisons';
    default:
      return plain(refusal.summary);
  }
}

function unknownMetric(name: string, metrics: readonly string[]): string {
  const hint = didYouMean(name, metrics);
  if (hint !== '') return `there is no metric "${name}"${hint}`;
  if (metrics.length === 0) return `there is no metric "${name}", the plan names none under "metrics"`;
  return `there is no metric "${name}", only ${listWords(metrics, 'and')}`;
}

function plain(summary: string): string {
  const text = summary.split('\n', 1)[0] ?? '';
  const unexpected = /^Unexpected token: (\w+)$/.exec(text);
  if (unexpected?.[1] === 'EOF') return 'it ends too early';
  if (unexpected) return `there is an unexpected ${unexpected[1]?.toLowerCase()}`;
  return text.charAt(0).toLowerCase() + text.slice(1).replaceAll('Measurement', 'number');
}
