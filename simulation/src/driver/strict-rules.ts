import { isDeepStrictEqual } from 'node:util';
import { Broken } from '../invariants/invariant.ts';
import type { Rules } from './rules.ts';

/** The same rules, held to be pure: what they are given is frozen, and what they decide they decide again. */
export function strictRules(rules: Rules): Rules {
  return {
    ...rules,
    decide: (state, command, context) => {
      const decision = rules.decide(state, command, context);
      if (!isDeepStrictEqual(decision, rules.decide(state, command, context)))
        throw new Broken('purity', `${command.type} was decided in two ways`);
      return decision;
    },
    evolve: (state, recorded) => deepFreeze(rules.evolve(state, deepFreeze(recorded))),
  };
}

export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
