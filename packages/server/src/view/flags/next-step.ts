import type { FlagRamp, FlagRecord } from '@slipway/flags';
import type { Words } from '../words/words.ts';
import { hasRules } from './has-rules.ts';

/** What its team does next to be rid of a flag that has done its work, in words; null: it has not, or it is there to stay. */
export function nextStepOf(flag: FlagRecord, { next: say }: Words['flags']): string | null {
  const { about, kill, ramp, definition, origin } = flag;
  if (kill !== null || definition.state === 'DISABLED') return null;
  if (about.type !== 'release' && about.type !== 'experiment') return null;
  const file = origin.kind === 'file' ? origin.file : null;
  if (ramp !== null) return reachesAll(ramp) ? say.makeDefault(ramp.variant, file, ramp.launch?.id ?? null) : null;
  const variant = definition.defaultVariant ?? null;
  const differs = hasRules(flag) || about.requires.length > 0;
  return variant === null || variant === about.off || differs ? null : say.takeOut(variant, file);
}

/** Whether a ramp is at its end: all of everybody. */
export function reachesAll({ audience }: Pick<FlagRamp, 'audience'>): boolean {
  return audience.some((each) => each.kind === 'share' && each.of === null && each.percent === 100);
}
