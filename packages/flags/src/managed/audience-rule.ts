import type { Json } from '../json.ts';
import type { Audience, FlagRamp } from './flag-record.ts';
import { bucketText, HAS_TARGETING_KEY } from './own-key.ts';

/** All shares are parts of this, so that a share that grows keeps everybody whom it had. A share has at most 3 decimals of a per cent. */
const WHOLE = 100_000;

/** The rule that is true for whom a ramp reaches; true: everybody, false: nobody. */
export function audienceRule({ audience, cohort }: Pick<FlagRamp, 'audience' | 'cohort'>): Json {
  const rules = audience.map((each) => ruleOf(each, cohort)).filter((rule) => rule !== false);
  if (rules.includes(true)) return true;
  const [first, ...more] = rules;
  if (first === undefined) return false;
  return more.length === 0 ? first : { or: rules };
}

function ruleOf(audience: Audience, cohort: string): Json {
  if (audience.kind !== 'share') return groupRule(audience);
  const weight = Math.round(audience.percent * (WHOLE / 100));
  if (weight <= 0) return false;
  const group = groupRule(audience);
  if (weight >= WHOLE) return group;
  const share = { fractional: [bucketText(cohort), [true, weight], [false, WHOLE - weight]] };
  return { and: group === true ? [HAS_TARGETING_KEY, share] : [group, HAS_TARGETING_KEY, share] };
}

/** The rule of an audience's group, without its share; true: everybody. */
export function groupRule(audience: Audience): Json {
  if (audience.kind === 'share') return audience.of === null ? true : groupRule(audience.of);
  return audience.kind === 'segment' ? { $ref: audience.segment } : audience.rule;
}
