import type { Channel, Subject, Way } from './channel.ts';
import { chanceOfFewer, chanceOfReaching, type Proof } from './chance.ts';
import { delaysOf, grownPast } from './learning.ts';
import type { HeldShare, PowerQuestion } from './question.ts';
import type { Slopes, Split, Stretch } from './stretch.ts';

/** Some seconds of a rollout at one split, as each channel sees them. */
interface Span {
  readonly split: Split;
  readonly seconds: number;
  readonly seen: ReadonlyMap<Channel, Seen>;
}

interface Seen {
  readonly slopes: Slopes;
  readonly delays: readonly number[];
}

/** One share of a rollout, after those before it. */
export interface Place {
  readonly question: PowerQuestion;
  readonly subject: Subject;
  readonly before: readonly Span[];
  /** This share; of its hold the seconds in which it is compared. */
  readonly here: Span;
}

export const SECOND = 1_000;

/** Shares before one whose evidence is counted: what came long before, at the smallest weights, adds little but work. */
const MOST_BEFORE = 8;

/** The first share of a rollout, or the one after `last`. */
export function placeOf(question: PowerQuestion, subject: Subject, last: Place | null, share: HeldShare): Place {
  const seconds = Math.max(0, share.hold - question.warmUp) / SECOND;
  const before = last === null ? [] : [...last.before, last.here].slice(-MOST_BEFORE);
  return withWeight({ question, subject, before, here: { split: NO_TRAFFIC, seconds, seen: new Map() } }, share.weight);
}

const NO_TRAFFIC: Split = { newUnits: 0, oldUnits: 0 };

/** The same time with another share of the traffic. */
export function withWeight(place: Place, weight: number): Place {
  const { question, subject, before, here } = place;
  const newUnits = (question.perSecond * Math.min(100, weight)) / 100;
  const split = { newUnits, oldUnits: weight >= 100 ? 0 : question.perSecond - newUnits };
  const seen = new Map<Channel, Seen>();
  for (const channel of subject.ways.flat()) {
    const delays = delaysIn(channel, before, { perLook: question.every / SECOND, old: split.oldUnits });
    seen.set(channel, { slopes: channel.slopesAt(split), delays });
  }
  return { ...place, here: { ...here, split, seen } };
}

/** With the ways alone that something is bet on in this share: what others found before says nothing of it. */
export function bettingHere(place: Place): Place {
  const { seen } = place.here;
  const isBetting = (channel: Channel): boolean =>
    seen.get(channel)?.slopes.newBad.some((slope) => slope !== 0) === true;
  const ways = place.subject.ways.filter((way) => way.every(isBetting));
  return { ...place, subject: { ...place.subject, ways } };
}

/** Chance that a version is found, some seconds into this share, which did so much harm from the first share on. */
export function chanceAfter(place: Place, seconds: number, harm: number): number {
  return chanceOf(place, seconds, { before: harm, here: harm });
}

/** The same where it was as good as the old one until this share. */
export function chanceIfNew(place: Place, seconds: number): number {
  return chanceOf(place, seconds, { before: place.subject.harms.none, here: place.question.sought });
}

interface HarmDone {
  readonly before: number;
  readonly here: number;
}

function chanceOf(place: Place, seconds: number, harm: HarmDone): number {
  const { question, subject } = place;
  const spans = [...place.before, { ...place.here, seconds }];
  const harms = spans.map((_, index) => (index < place.before.length ? harm.before : harm.here));
  const proven = Math.max(0, ...subject.ways.map((way) => chanceByWay(question, { way, spans, harms })));
  const answered = (index: number): number => (spans[index]?.split.newUnits ?? 0) * (spans[index]?.seconds ?? 0);
  const units = spans.reduce((sum, _, index) => sum + answered(index), 0);
  const bad = spans.reduce((sum, _, index) => sum + answered(index) * subject.badAt(harms[index] ?? 0), 0);
  return Math.min(proven, 1 - chanceOfFewer(question.leastUnits, units), 1 - chanceOfFewer(subject.leastBad, bad));
}

interface Course {
  readonly way: Way;
  readonly spans: readonly Span[];
  readonly harms: readonly number[];
}

/** What all channels must show is as likely as the least likely of them: they rest on the same answers. */
function chanceByWay(question: PowerQuestion, { way, spans, harms }: Course): number {
  return Math.min(
    ...way.map((channel) => {
      const stretches = spans.flatMap(({ split, seconds, seen }, index): readonly Stretch[] => {
        const own = seen.get(channel);
        return own === undefined ? [] : [{ ...split, seconds, ...own, shares: channel.sharesAt(harms[index] ?? 0) }];
      });
      return chanceOfReaching(stretches, proofOf(channel, question));
    }),
  );
}

/** Bets begin with the looks, and are spread over so many of them. */
function proofOf({ alpha, dispersion, grid, levels }: Channel, { design, every }: PowerQuestion): Proof {
  const startScale = (design.startScale * every) / SECOND;
  return { alpha, dispersion, bets: { grid, levels, early: design.early, startScale } };
}

/** Seconds of this share in which each level is not known yet. */
function delaysIn(
  { learns }: Channel,
  before: readonly Span[],
  here: { readonly perLook: number; readonly old: number },
) {
  if (learns === undefined) return [];
  const halfLife = learns.halfLife * here.perLook;
  const past = before.reduce((seen, { split, seconds }) => grownPast(seen, split.oldUnits, { seconds, halfLife }), 0);
  return delaysOf({ past, perSecond: here.old, halfLife }, learns.answers);
}
