import type { Audience, FlagRamp, FlagRecord, Group } from '@slipway/flags';
import type { Words } from '../words/words.ts';
import { hasRules } from './has-rules.ts';
import { reachesAll } from './next-step.ts';

type FlagWords = Words['flags'];

/** Who gets the variant of a ramp, one text each. */
export function audienceTexts(audience: readonly Audience[], words: FlagWords): string[] {
  return audience.map((each) =>
    each.kind === 'share'
      ? words.share(each.percent, each.of === null ? null : groupText(each.of, words))
      : groupText(each, words),
  );
}

function groupText(group: Group, words: FlagWords): string {
  return group.kind === 'segment' ? words.segment(group.segment) : words.rule(group.name);
}

/** Such as: on for segment internal and 25 % of everybody. */
export function rampText(ramp: Pick<FlagRamp, 'variant' | 'audience'>, words: FlagWords): string {
  const texts = audienceTexts(ramp.audience, words);
  return words.ramp(ramp.variant, texts.length === 0 ? words.nobody : words.all(texts));
}

/** Who gets what now, in one line. The time of a kill is not in it: whoever shows it knows the zone. */
export function flagSentence(flag: FlagRecord, words: FlagWords): string {
  const { kill, ramp, about, definition } = flag;
  if (kill?.launch === null) return words.killed(about.off, kill.by, kill.reason);
  if (kill !== null) return words.killedByLaunch(about.off, kill.launch, kill.reason);
  if (definition.state === 'DISABLED') return words.disabled;
  const parts = ramp === null ? [baseText(flag, words)] : rampParts(flag, ramp, words);
  const needs = about.requires.map((each) => words.serves(each.flag, each.variant));
  return [...parts, ...(needs.length === 0 ? [] : [words.requires(needs, about.off)])].join('; ');
}

function rampParts(flag: FlagRecord, ramp: FlagRamp, words: FlagWords): readonly string[] {
  const all = reachesAll(ramp);
  return [
    all ? words.everybody(ramp.variant) : rampText(ramp, words),
    ...(ramp.launch === null ? [] : [words.byLaunch(ramp.launch.id, ramp.launch.step)]),
    ...(all ? [] : [words.others(othersText(flag, words))]),
  ];
}

function baseText(flag: FlagRecord, words: FlagWords): string {
  const { defaultVariant } = flag.definition;
  if (hasRules(flag)) return othersText(flag, words);
  return words.everybody(defaultVariant ?? words.callersDefault);
}

function othersText(flag: FlagRecord, words: FlagWords): string {
  const otherwise = flag.definition.defaultVariant ?? words.callersDefault;
  return hasRules(flag) ? words.byRules(otherwise) : otherwise;
}

/** Of a flag in a list: the strongest of what holds. */
export function flagState(flag: FlagRecord): 'killed' | 'disabled' | 'ramping' | 'serving' {
  if (flag.kill !== null) return 'killed';
  if (flag.definition.state === 'DISABLED') return 'disabled';
  return flag.ramp === null ? 'serving' : 'ramping';
}
