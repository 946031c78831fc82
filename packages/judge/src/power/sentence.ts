import type { Language } from '../messages/language.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import { catalogueOf } from '../messages/messages.ts';
import { HALF, MOST } from './power.ts';
import type { ComparedShare, PowerQuestion, SharePower } from './question.ts';

/** What was looked for. */
export type Sought = Pick<PowerQuestion, 'sought' | 'usual' | 'margin'>;

/** What one share can find, in one sentence: `300 requests: cannot tell 1 % from 0.3 %; needs 4 min, or 12 % of traffic`. */
export function powerSentence(power: SharePower, asked: Sought, language: Language): string {
  const { power: m } = catalogueOf(language);
  const requests = m.requests(Math.round(power.requests));
  if (power.kind === 'alone') return m.says(requests, m.alone, '');
  const { what, more } = found(power, asked, m);
  return m.says(requests, what, more);
}

/** Above the sentences of a rollout: what they rest on. `metric` null: none is compared, this is what one would find. */
export function powerBasis(basis: PowerBasis, language: Language): string {
  const { power: m } = catalogueOf(language);
  const { metric, perSecond, usual } = basis;
  return metric === null ? m.basisIfJudged(perSecond, usual) : m.basis(metric, perSecond, usual);
}

export interface PowerBasis extends Pick<PowerQuestion, 'perSecond' | 'usual'> {
  readonly metric: string | null;
}

/** In the place of all that, where nobody said how much traffic there is. */
export function unknownTraffic(environments: readonly string[], language: Language): string {
  return catalogueOf(language).power.unknownTraffic(environments.join(', '));
}

type Words = Catalogue['power'];

interface Said {
  readonly what: string;
  /** '': nothing. */
  readonly more: string;
}

function found(power: ComparedShare, { sought, usual, margin }: Sought, m: Words): Said {
  const { chance, seconds, secondsIfNew, finds } = power;
  if (sought <= margin.ratio * usual + margin.points) return { what: m.tolerated(sought, usual), more: '' };
  if (chance.before >= MOST) {
    const isInTime = secondsIfNew !== null && secondsIfNew * SECOND <= power.hold;
    const more = isInTime ? m.begun(timeOf(secondsIfNew, Math.round, m)) : '';
    return { what: m.foundBefore(sought, usual), more };
  }
  if (chance.after >= MOST) {
    const what = m.finds(sought, usual, timeOf(seconds.half ?? 0, Math.round, m));
    return { what, more: finds.most === null ? '' : m.atTheEnd(finds.most) };
  }
  const more = needs(power, m);
  if (chance.after >= HALF) return { what: m.findsSome(sought, usual, chance.after), more };
  return { what: m.cannotTell(sought, usual), more };
}

/** What nine tenths of launches would take. */
function needs({ seconds, weightNeeded }: ComparedShare, m: Words): string {
  const time = seconds.most === null ? null : timeOf(seconds.most, Math.ceil, m);
  const weight = weightNeeded === null ? null : Math.ceil(weightNeeded);
  if (time !== null && weight !== null) return m.needsEither(time, weight);
  if (time !== null) return m.needs.time(time);
  return weight === null ? '' : m.needs.weight(weight);
}

const SECOND = 1_000;
const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** In the largest unit of which there are about two. */
export function timeOf(seconds: number, round: (value: number) => number, { times }: Pick<Words, 'times'>): string {
  if (seconds < 1.5 * MINUTE) return times.seconds(round(Math.max(1, seconds)));
  if (seconds < 1.5 * HOUR) return times.minutes(round(seconds / MINUTE));
  return seconds < 1.5 * DAY ? times.hours(round(seconds / HOUR)) : times.days(round(seconds / DAY));
}
