import type { PlanJson } from '../model/provider-use.ts';
import { STEP_KINDS } from '../schema/language.ts';
import { NAME } from '../schema/words.ts';
import { slug } from '../text/slug.ts';

/** Kinds whose key names an environment, not a title. */
const BY_ENVIRONMENT: ReadonlySet<string> = new Set(['deploy', 'rollout', 'soak']);

/**
 * The id of a step as it is written, whatever else is wrong with it: the given one, or one made from its title without
 * templates (so that it is the same for every version), or kind-environment; a dark launch has its own name, for a rollout to the
 * same environment usually follows it, and so has a rollout by flag, for several may be ramped there. Null where neither gives one.
 */
export function stepId(map: Readonly<Record<string, PlanJson>>): string | null {
  if (Object.hasOwn(map, 'id')) return typeof map['id'] === 'string' && NAME.test(map['id']) ? map['id'] : null;
  const kind = STEP_KINDS.find((candidate) => Object.hasOwn(map, candidate));
  const named = kind === undefined ? undefined : map[kind];
  if (kind === undefined || typeof named !== 'string') return null;
  const word = kind === 'rollout' && map['strategy'] === 'dark-launch' ? 'dark-launch' : kind;
  const place = kind === 'rollout' && map['by'] === 'flag' && typeof map['flag'] === 'string' ? map['flag'] : named;
  const made = slug(BY_ENVIRONMENT.has(kind) ? `${word}-${place}` : named);
  return made === '' ? null : made;
}
