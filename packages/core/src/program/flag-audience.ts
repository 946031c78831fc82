import type { FlagAudience, FlagGroup } from '@slipway/plan';

/** In the languages of people who read a launch. */
export interface AudienceWords {
  readonly everybody: string;
  readonly share: (percent: number) => string;
  readonly shareOf: (percent: number, group: string) => string;
  readonly and: string;
}

export const enAudience: AudienceWords = {
  everybody: 'everybody',
  share: (percent) => `${percent} % of everybody`,
  shareOf: (percent, group) => `${percent} % of ${group}`,
  and: 'and',
};

export const frAudience: AudienceWords = {
  everybody: 'tout le monde',
  share: (percent) => `${String(percent).replace('.', ',')} % de tous`,
  shareOf: (percent, group) => `${String(percent).replace('.', ',')} % de ${group}`,
  and: 'et',
};

/** `internal, beta and 5 % of everybody`; who is in another one of them besides is not told twice. */
export function audienceWords(audience: readonly FlagAudience[], words: AudienceWords = enAudience): string {
  if (coversAll(audience)) return words.everybody;
  const parts = joinAudiences(audience).map((one) => {
    if (one.kind !== 'share') return nameOf(one);
    return one.of === null ? words.share(one.percent) : words.shareOf(one.percent, nameOf(one.of));
  });
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${words.and} ${parts.at(-1)}`;
}

/** Whether everybody is in it, whatever is known of them. */
export function coversAll(audience: readonly FlagAudience[]): boolean {
  return audience.some((one) => one.kind === 'share' && one.of === null && one.percent >= 100);
}

const nameOf = (group: FlagGroup): string => (group.kind === 'segment' ? group.segment : group.name);

/** The same people, said once: of shares of the same people the largest stays, for the smaller ones lie in it. */
export function joinAudiences(audience: readonly FlagAudience[]): readonly FlagAudience[] {
  return audience.filter((one, index) => {
    const others = audience.slice(index + 1);
    if (one.kind !== 'share') return !others.some((other) => other.kind !== 'share' && isSame(one, other));
    return !audience.some((other, at) => {
      if (other.kind !== 'share' || !isSame(one.of, other.of)) return false;
      return other.percent > one.percent || (other.percent === one.percent && at > index);
    });
  });
}

function isSame(one: FlagGroup | null, other: FlagGroup | null): boolean {
  if (one === null || other === null) return one === other;
  return one.kind === other.kind && nameOf(one) === nameOf(other);
}

/** Per cent of everybody that an audience is; null where segments are in it: nobody knows how many these are. */
export function shareOfAll(audience: readonly FlagAudience[]): number | null {
  if (coversAll(audience)) return 100;
  const shares = audience.flatMap((one) => (one.kind === 'share' && one.of === null ? [one.percent] : []));
  return shares.length === 0 || shares.length < audience.length ? null : Math.max(...shares);
}
