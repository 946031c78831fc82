import type { z } from 'zod';
import type { Metric } from '../model/plan.ts';
import type { HookTrigger, Trigger, TriggerDeed } from '../model/trigger.ts';
import type { Draft } from '../parse/draft.ts';
import type { triggers } from '../schema/triggers.ts';
import { parseDuration } from '../text/duration.ts';
import { condition } from './condition.ts';

export type AuthoredTriggers = z.output<ReturnType<typeof triggers>>;

/** Those of a step, then those of the plan where the step is in production. */
export function triggersOf(
  own: AuthoredTriggers | undefined,
  common: AuthoredTriggers,
  metrics: ReadonlyMap<string, Metric['unit']>,
): { readonly triggers?: readonly Trigger[]; readonly hooks?: readonly HookTrigger[] } {
  const all = [...(own ?? []), ...common];
  const triggers = all.flatMap(({ when, for: length, do: deed }): readonly Trigger[] =>
    when === undefined
      ? []
      : [{ when: condition(when, metrics), for: parseDuration(length) ?? Number.NaN, deed: deedOf(deed) }],
  );
  const hooks = all.flatMap(({ hook, do: deed }): readonly HookTrigger[] =>
    hook === undefined ? [] : [{ ...hook, deed: deedOf(deed) }],
  );
  return { ...(triggers.length === 0 ? {} : { triggers }), ...(hooks.length === 0 ? {} : { hooks }) };
}

function deedOf(written: AuthoredTriggers[number]['do']): TriggerDeed {
  if (typeof written === 'string') return { kind: written };
  return 'ticket' in written
    ? { kind: 'ticket', channel: written.ticket }
    : { kind: 'flag-off', flag: written['flag-off'] };
}

/** Those of the plan that a step in this environment has. */
export function commonTriggers({ triggers, environments }: Draft, environment: string): AuthoredTriggers {
  return environments.get(environment)?.tier === 'production' ? (triggers ?? []) : [];
}
