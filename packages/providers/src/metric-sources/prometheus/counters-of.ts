import { countProblem } from '../common/counts-reading.ts';
import type { Part, SampledSeries } from './ask.ts';
import type { Counter } from './counter-memory.ts';
import { labelsKey } from './labels-key.ts';

/** A part's series of one version as counters. A text says why one of them is none. */
export function countersOf(part: Part, series: readonly SampledSeries[]): readonly Counter[] | string {
  const counters: Counter[] = [];
  for (const { labels, value, sampledAt } of series) {
    const count = numberOf(value);
    // Prometheus holds every number as a float: a rate shows by its fraction.
    const problem = countProblem(part.name, count);
    if (problem !== null) return problem;
    const key = `${part.name} ${labelsKey(labels)}`;
    const group = `${part.name} ${labelsKey(labels, 'le')}`;
    // Prometheus names the instance on whatever it scrapes; a sum has lost it.
    const isOwn = labels['instance'] !== undefined;
    counters.push({ key, group, isOwn, value: count, sampledAt });
  }
  return counters;
}

/** As Go writes a float. */
export const numberOf = (text: string): number => (/^[+-]Inf$/.test(text) ? Number(`${text}inity`) : Number(text));

/** The part that a counter is of, and its labels: what its key was made of. */
export function partAndLabels(key: string): { readonly part: string; readonly labels: ReadonlyMap<string, string> } {
  const space = key.indexOf(' ');
  const labels = JSON.parse(key.slice(space)) as readonly (readonly [string, string])[];
  return { part: key.slice(0, space), labels: new Map(labels) };
}
