import type { Rehearsal } from './rehearse.ts';
import type { Setting, SettingFigures } from './setting-figures.ts';

export interface Outcome {
  readonly rehearsal: Rehearsal;
  readonly trusted: boolean;
}

/** Why it is this setting, and whether it is to be trusted, in a sentence. */
export function settingReason(
  setting: Setting,
  { dispersion, alarm }: SettingFigures,
  { rehearsal, trusted }: Outcome,
): string {
  const outcome = `of ${rehearsal.relabellings} rehearsals without a new version ${rehearsal.aborts} would have been aborted`;
  if (!trusted) return `Even with the setting ${setting} it is not to be trusted: ${outcome}.`;
  if (setting === 'plain') return `Bad units come one by one (dispersion ${dispersion.toFixed(1)}); ${outcome}.`;
  const together = `Bad units come together (dispersion ${dispersion.toFixed(1)})`;
  if (setting === 'dispersion' || alarm === null) return `${together}, so their evidence is divided; ${outcome}.`;
  const { window, atMost, rest } = alarm;
  return `${together}, so a shard with more than ${atMost} of them in ${window} s counts once, and rests for ${rest} s; ${outcome}.`;
}
