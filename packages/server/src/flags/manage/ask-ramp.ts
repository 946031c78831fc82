import type { FlagRampAsked } from '@slipway/contract';
import type { Audience, FlagRamp, FlagRecord, ScheduledChange } from '@slipway/flags';
import { Refusal } from '../../api/refusal.ts';

type Ramp = Omit<FlagRamp, 'launch'>;

/** What is asked for, with what was left out filled in from the flag. Refuses where that cannot be known. */
export function rampOf(flag: FlagRecord, asked: FlagRampAsked): Ramp {
  const segments = asked.segments.map((segment): Audience => ({ kind: 'segment', segment }));
  const audience = [...segments, ...(asked.share === undefined ? [] : [shareOf(asked.share)])];
  if (audience.length === 0) throw wrong('say who gets it: a share in per cent, a segment, or both');
  return {
    variant: asked.variant ?? usualVariant(flag),
    cohort: asked.cohort ?? flag.ramp?.cohort ?? flag.key,
    audience,
  };
}

function shareOf({ percent, of }: NonNullable<FlagRampAsked['share']>): Audience {
  return { kind: 'share', percent, of: of === null ? null : { kind: 'segment', segment: of } };
}

function usualVariant({ key, ramp, definition, about }: FlagRecord): string {
  if (ramp !== null) return ramp.variant;
  const names = Object.keys(definition.variants);
  const on = names.filter((name) => definition.variants[name] === true);
  const others = on.length === 1 ? on : names.filter((name) => name !== about.off);
  const [only] = others;
  if (only !== undefined && others.length === 1) return only;
  throw wrong(`${key} has several variants, say which one ramps: ${others.slice(0, 20).join(', ')}`);
}

export interface OverTime {
  /** Per cent at last. */
  readonly to: number;
  /** Milliseconds. */
  readonly over: number;
  readonly every: number;
}

/** Shares after the first; each is a change of its own. */
const MOST_SHARES = 200;

/** The shares behind the first, one every so often, evenly to the last. `now`: epoch ms. */
export function laterShares(
  ramp: Ramp,
  time: OverTime,
  now: number,
): readonly { at: number; change: ScheduledChange }[] {
  const first = ramp.audience.find((each) => each.kind === 'share');
  if (first === undefined) throw wrong('a ramp over time begins with a share in per cent');
  if (time.to < first.percent) throw wrong(`a cohort only grows: end at ${first.percent} % or above`);
  if (time.every > time.over) throw wrong('the time between two shares is longer than the whole ramp');
  const shares = Math.ceil(time.over / time.every);
  if (shares > MOST_SHARES)
    throw wrong(`that is ${shares} shares and ${MOST_SHARES} are the most: let more time pass between them`);
  return Array.from({ length: shares }, (_, before) => {
    const index = before + 1;
    const percent = rounded(first.percent + ((time.to - first.percent) * index) / shares);
    const audience = ramp.audience.map((each) => (each === first ? { ...first, percent } : each));
    return { at: now + Math.min(index * time.every, time.over), change: { kind: 'ramp', ramp: { ...ramp, audience } } };
  });
}

function rounded(percent: number): number {
  return Math.round(percent * 1000) / 1000;
}

function wrong(message: string): Refusal {
  return new Refusal(422, { code: 'wrong-input', message });
}
