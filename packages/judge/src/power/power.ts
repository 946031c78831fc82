import type { Subject } from './channel.ts';
import { bettingHere, chanceAfter, chanceIfNew, type Place, placeOf, SECOND, withWeight } from './place.ts';
import type { HeldShare, PowerQuestion, SharePower, WatchedShare } from './question.ts';
import { smallestWith } from './search.ts';
import { subjectOf } from './subject.ts';

/** What "in half" and "in nine tenths of launches" mean. */
export const HALF = 0.5;
export const MOST = 0.9;
/** Ten years: longer than any plan holds. */
const LONGEST_SECONDS = 3_650 * 86_400;
/** Up to here more traffic on the new version finds more; beyond it too little is left to compare it with. */
const MOST_WEIGHT = 50;
/** Of all the harm there can be beyond the margin, below this nothing is looked for. */
const LEAST_PART = 1e-5;

/**
 * What each share of a rollout can find of one metric with the traffic that is expected, told before it starts; one answer a share, in
 * their order. Counted on the growth of the judge's own bets, with its limit where the metric has one. Times are within a fifth of what
 * simulation gives, a quarter for latencies and where bad answers come in clusters: a plan, not a promise.
 */
export function powerOf(question: PowerQuestion): readonly SharePower[] {
  const subject = subjectOf(question);
  let last: Place | null = null;
  return question.shares.map(({ weight, hold }): SharePower => {
    const requests = question.perSecond * (Math.min(100, weight) / 100) * (hold / SECOND);
    const share = { weight, hold, requests };
    const place = placeOf(question, subject, last, share);
    last = place;
    if (weight < 100) return { kind: 'compared', ...share, ...answersAt(place, weight) };
    return question.rules.limit === null
      ? { kind: 'alone', ...share }
      : { kind: 'limited', ...share, ...answersAt(place, weight) };
  });
}

function answersAt(place: Place, weight: number): Omit<WatchedShare, keyof HeldShare | 'kind' | 'requests'> {
  const { sought } = place.question;
  const chanceAt = (seconds: number): number => chanceAfter(place, seconds, sought);
  const chance = { before: chanceAt(0), after: chanceAt(place.here.seconds) };
  const own = bettingHere(place);
  const until = (asked: number) => (chance.before >= asked ? 0 : secondsUntil(place, asked, chanceAt));
  return {
    finds: { half: smallestFound(own, HALF), most: smallestFound(own, MOST) },
    chance,
    seconds: { half: until(HALF), most: until(MOST) },
    secondsIfNew: secondsUntil(place, HALF, (seconds) => chanceIfNew(place, seconds)),
    weightNeeded: weight < 100 ? weightFor(place, weight) : null,
  };
}

/** Seconds since the share was set, in whole looks after its warm-up. */
function secondsUntil({ question }: Place, asked: number, chanceAt: (seconds: number) => number): number | null {
  const look = question.every / SECOND;
  const found = smallestWith(asked, chanceAt, { least: look, most: LONGEST_SECONDS });
  return found === null ? null : question.warmUp / SECOND + Math.ceil(found / look) * look;
}

/** The smallest harm beyond the margin. */
function smallestFound(place: Place, asked: number): number | null {
  const { harms } = place.subject;
  const { seconds } = place.here;
  const worse = worsening(harms);
  if (worse === null) return null;
  const found = smallestWith(asked, (part) => chanceAfter(place, seconds, worse(part)), { least: LEAST_PART, most: 1 });
  return found === null ? null : worse(found);
}

/** By part, 0..1, of all the harm there can be beyond the margin; null: there is none. */
function worsening({ allowed, most, none }: Subject['harms']): ((part: number) => number) | null {
  const isWorse = most > none ? most > allowed : most < allowed;
  return isWorse ? (part) => allowed + part * (most - allowed) : null;
}

function weightFor(place: Place, least: number): number | null {
  const { question, here } = place;
  const chanceAt = (weight: number): number => chanceAfter(withWeight(place, weight), here.seconds, question.sought);
  return smallestWith(MOST, chanceAt, { least, most: MOST_WEIGHT });
}
