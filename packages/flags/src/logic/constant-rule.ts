import type { Json } from '../json.ts';

/** Each evaluation answers these anew: from the context, or by whom it is about. */
const NEVER: ReadonlySet<string> = new Set([
  'missing_some',
  'starts_with',
  'ends_with',
  'sem_ver',
  'fractional',
  '$ref',
]);
const ITERATORS: ReadonlySet<string> = new Set(['map', 'filter', 'some', 'none', 'all', 'reduce']);

/** Whether a rule gives the same for every context, so that it can be worked out once. */
export function isConstant(rule: Json | undefined, inItem = false): boolean {
  if (typeof rule !== 'object' || rule === null) return true;
  if (Array.isArray(rule)) return (rule as readonly Json[]).every((item) => isConstant(item, inItem));
  const [entry] = Object.entries(rule as Readonly<Record<string, Json>>);
  if (entry === undefined) return true;
  const [name, args] = entry;
  if (name === 'var') return inItem && !JSON.stringify(args).includes('../../');
  if (name === 'missing') return Array.isArray(args) && args.length === 0;
  if (NEVER.has(name)) return false;
  if (!ITERATORS.has(name) || !Array.isArray(args)) return isConstant(args, inItem);
  const [list, each, ...rest] = args as readonly Json[];
  return isConstant(list, inItem) && isConstant(each, true) && rest.every((item) => isConstant(item, inItem));
}
