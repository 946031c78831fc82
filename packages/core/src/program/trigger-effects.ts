import type { Effect } from '../model/effect.ts';
import type { FiredTrigger, Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { triggerEffectId } from './effect-id.ts';

const TIMEOUT = 60_000;
/** As many as on a way back: it is one. */
const ATTEMPTS = 8;

/** What triggers of a step that is under way switch off. */
export function triggerEffects(launch: Launch): readonly Effect[] {
  return launch.fired.flatMap((fired) => effectOf(launch, fired) ?? []);
}

function effectOf(launch: Launch, { seq, step: id, deed }: FiredTrigger): Effect | null {
  const step = own(launch.plan.steps, id);
  if (deed.kind !== 'flag-off' || (step?.kind !== 'rollout' && step?.kind !== 'soak')) return null;
  if (launch.steps[id]?.is !== 'active') return null;
  const work = { kind: 'kill-flag', environment: step.environment, flag: deed.flag } as const;
  return { id: triggerEffectId(id, seq), step: id, class: 'executive', work, timeout: TIMEOUT, attempts: ATTEMPTS };
}
