import { chanceAfter, chanceIfNew, type Place, placeOf, SECOND, stretchAt, withWeight } from './place.ts';
import type { ComparedShare, HeldShare, PowerQuestion, SharePower } from './question.ts';
import { smallestWith } from './search.ts';
import type { Stretch } from './stretch.ts';

/** What "in half" and "in nine tenths of launches" mean. */
export const HALF = 0.5;
export const MOST = 0.9;
/** Ten years: longer than any plan holds. */
const LONGEST_SECONDS = 3_650 * 86_400;
/** Up to here more traffic on the new version finds more; beyond it too little is left to compare it with. */
const MOST_WEIGHT = 50;
/** Shares of bad answers below this are not looked for. */
const LEAST_SHARE = 1e-6;
/** Shares before one whose evidence is counted: what came long before, at the smallest weights, adds little but work. */
const MOST_BEFORE = 8;

/**
 * What each share of a rollout can find with the traffic that is expected, told before it starts; one answer a share, in their order.
 * Counted on the growth of the judge's own bets. Times are within a fifth of what simulation gives, a quarter where bad answers come
 * in clusters: a plan, not a promise.
 */
export function powerOf(question: PowerQuestion): readonly SharePower[] {
  let before: readonly Stretch[] = [];
  return question.shares.map(({ weight, hold }): SharePower => {
    const requests = question.perSecond * (Math.min(100, weight) / 100) * (hold / SECOND);
    const share = { weight, hold, requests };
    if (weight >= 100) return { kind: 'alone', ...share };
    const place = placeOf(question, before, share);
    before = [...before, stretchAt(place, place.watched, question.sought)].slice(-MOST_BEFORE);
    return { kind: 'compared', ...share, ...answersAt(place, weight) };
  });
}

function answersAt(place: Place, weight: number): Omit<ComparedShare, keyof HeldShare | 'kind' | 'requests'> {
  const { sought } = place.question;
  const chanceAt = (seconds: number): number => chanceAfter(place, seconds, sought);
  const chance = { before: chanceAt(0), after: chanceAt(place.watched) };
  const until = (asked: number) => (chance.before >= asked ? 0 : secondsUntil(place, asked, chanceAt));
  return {
    finds: { half: smallestFound(place, HALF), most: smallestFound(place, MOST) },
    chance,
    seconds: { half: until(HALF), most: until(MOST) },
    secondsIfNew: secondsUntil(place, HALF, (seconds) => chanceIfNew(place, seconds)),
    weightNeeded: weightFor(place, weight),
  };
}

/** Seconds since the share was set, in whole looks after its warm-up. */
function secondsUntil({ question }: Place, asked: number, chanceAt: (seconds: number) => number): number | null {
  const look = question.every / SECOND;
  const found = smallestWith(asked, chanceAt, { least: look, most: LONGEST_SECONDS });
  return found === null ? null : question.warmUp / SECOND + Math.ceil(found / look) * look;
}

function smallestFound(place: Place, asked: number): number | null {
  const { margin, usual } = place.question;
  const least = Math.max(LEAST_SHARE, margin.ratio * usual + margin.points);
  if (least >= 1) return null;
  return smallestWith(asked, (fresh) => chanceAfter(place, place.watched, fresh), { least, most: 1 });
}

function weightFor(place: Place, least: number): number | null {
  const { question, watched } = place;
  const chanceAt = (weight: number): number => chanceAfter(withWeight(place, weight), watched, question.sought);
  return smallestWith(MOST, chanceAt, { least, most: MOST_WEIGHT });
}
