import type { Draft } from '../parse/draft.ts';

/** The channels that names of channels and audiences come to, each once, in the order of the names. */
export function channelsOf(to: readonly string[], { audiences }: Pick<Draft, 'audiences'>): readonly string[] {
  const own = audiences ?? {};
  return [...new Set(to.flatMap((name) => (Object.hasOwn(own, name) ? (own[name] ?? []) : [name])))];
}
