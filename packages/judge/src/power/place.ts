import { chanceOfFinding, type Proof } from './chance.ts';
import type { HeldShare, PowerQuestion } from './question.ts';
import { type Slopes, slopesOf, type Split, type Stretch } from './stretch.ts';

/** One share of a rollout, after those before it. */
export interface Place {
  readonly question: PowerQuestion;
  readonly before: readonly Stretch[];
  readonly split: Split;
  readonly slopes: Slopes;
  /** Seconds of its hold in which it is compared. */
  readonly watched: number;
}

export const SECOND = 1_000;

export function placeOf(question: PowerQuestion, before: readonly Stretch[], { weight, hold }: HeldShare): Place {
  const watched = Math.max(0, hold - question.warmUp) / SECOND;
  return { question, before, ...trafficAt(question, weight), watched };
}

/** The same time with another share of the traffic. */
export function withWeight(place: Place, weight: number): Place {
  return { ...place, ...trafficAt(place.question, weight) };
}

/** Of a version that is so bad. */
export function stretchAt({ split, slopes }: Place, seconds: number, fresh: number): Stretch {
  return { ...split, slopes, seconds, fresh };
}

/** That a version is found, some seconds into this share, which was so bad from the first share on. */
export function chanceAfter(place: Place, seconds: number, fresh: number): number {
  const before = place.before.map((stretch) => ({ ...stretch, fresh }));
  return chanceOfFinding([...before, stretchAt(place, seconds, fresh)], proofOf(place.question));
}

/** That a version is found, some seconds into this share, which was as good as the old one until then. */
export function chanceIfNew(place: Place, seconds: number): number {
  const { question } = place;
  const before = place.before.map((stretch) => ({ ...stretch, fresh: question.usual }));
  return chanceOfFinding([...before, stretchAt(place, seconds, question.sought)], proofOf(question));
}

function trafficAt(question: PowerQuestion, weight: number): Pick<Place, 'split' | 'slopes'> {
  const { perSecond, margin, dispersion, design } = question;
  const newUnits = (perSecond * Math.min(100, weight)) / 100;
  const split = { newUnits, oldUnits: perSecond - newUnits };
  return { split, slopes: slopesOf(design.up, split, { ...margin, dispersion }) };
}

/** Bets begin with the looks, and are spread over so many of them. */
function proofOf({ usual, dispersion, alpha, leastBad, design, every }: PowerQuestion): Proof {
  const { up, early } = design;
  const bets = { up, early, startScale: (design.startScale * every) / SECOND };
  return { usual, dispersion, alpha, leastBad, bets };
}
