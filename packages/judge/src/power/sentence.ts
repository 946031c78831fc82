import type { Catalogue } from '../messages/catalogue.ts';
import type { Language } from '../messages/language.ts';
import { catalogueOf } from '../messages/messages.ts';
import { HALF, MOST } from './power.ts';
import type { WatchedShare } from './question.ts';
import {
  isTolerated,
  type MetricPower,
  type RolloutPower,
  slowestAt,
  type ToldMetric,
  watchedAt,
  weakestAt,
} from './rollout-power.ts';
import { timeOf } from './time.ts';

/** What one share can find. */
export interface ShareSaid {
  /** `300 requests: finds errors from 8 %, latency from 2.1 times as slow`. */
  readonly finds: string;
  /** Of the weakest metric: `errors: cannot tell 1 % from 0.3 %; needs 34 min, or 12 % of traffic`; null: each one finds what is sought. */
  readonly warning: string | null;
}

/** What the share at an index of a rollout can find of all its metrics. */
export function powerSentence(power: RolloutPower, index: number, language: Language): ShareSaid {
  const { power: m } = catalogueOf(language);
  const requests = requestsAt(power, index);
  const lead = requests === null ? '' : m.requests(Math.round(requests));
  const weakest = weakestAt(power, index);
  const finds = m.says(lead, [findings(power.metrics, index, m), weakest === null ? inTime(power, index, m) : '']);
  return { finds, warning: weakest === null ? null : m.of(nameOf(weakest, m), wanting(weakest, index, m)) };
}

/** Of the environment; null: not known. */
function requestsAt({ perSecond, metrics }: RolloutPower, index: number): number | null {
  const told = metrics.find((metric) => metric.kind !== 'unknown');
  const share = told?.shares[index];
  return perSecond === null || share === undefined ? null : (perSecond * share.weight * share.hold) / 100 / SECOND;
}

const SECOND = 1_000;

type Words = Catalogue['power'];

const nameOf = ({ metric }: { readonly metric: string | null }, m: Words): string => metric ?? m.unnamed;

/** The smallest harm that is found of each metric. */
function findings(metrics: readonly MetricPower[], index: number, m: Words): string {
  const told = metrics.filter((metric) => metric.kind !== 'unknown');
  const unknown = metrics.filter((metric) => metric.kind === 'unknown').map(({ metric }) => metric);
  const unknowns = unknown.length === 0 ? '' : m.notKnown(unknown);
  if (told.length === 0) return unknowns;
  if (told.every((metric) => watchedAt(metric, index) === null)) return m.says('', [m.alone, unknowns]);
  const found = told.flatMap((metric) => foundOf(metric, index, m) ?? []);
  const nothing = told.filter((metric) => foundOf(metric, index, m) === null).map((metric) => nameOf(metric, m));
  return m.says('', [m.findings(found, nothing), unknowns]);
}

function foundOf(power: ToldMetric, index: number, m: Words): string | null {
  const share = watchedAt(power, index);
  const most = share?.finds.most ?? null;
  if (share === null || most === null) return null;
  const found = power.kind === 'ratio' && power.better === 'higher' ? m.downTo : m.from;
  const said = found(nameOf(power, m), harmOf(power, most, m));
  return share.kind === 'limited' ? m.byLimit(said) : said;
}

/** A share, or how many times as slow. */
const harmOf = ({ kind }: ToldMetric, harm: number, m: Words): string =>
  kind === 'ratio' ? m.share(harm) : m.slower(harm);

const usualOf = (power: ToldMetric, m: Words): string => (power.kind === 'ratio' ? m.share(power.usual) : m.asUsual);

/** `1 % against 0.3 %`; how many times as slow is against itself. */
function soughtOf(power: ToldMetric, m: Words): string {
  const sought = harmOf(power, power.sought, m);
  return power.kind === 'ratio' ? m.against(sought, m.share(power.usual)) : sought;
}

/** By when what is sought is found of each metric; '': nothing is sought, or no margin leaves anything to be found. */
function inTime(power: RolloutPower, index: number, m: Words): string {
  const slowest = slowestAt(power, index);
  const share = slowest === null ? null : watchedAt(slowest, index);
  if (slowest === null || share === null) return tolerated(power.metrics, m);
  const named = power.metrics.length > 1 ? m.slowest(nameOf(slowest, m)) : '';
  const sought = soughtOf(slowest, m);
  const { chance, seconds, secondsIfNew, hold } = share;
  if (chance.before < MOST) return named + m.inTime(sought, timeOf(seconds.half ?? 0, Math.round, m));
  const isInTime = secondsIfNew !== null && secondsIfNew * SECOND <= hold;
  return named + m.foundBefore(sought, isInTime ? m.begun(timeOf(secondsIfNew, Math.round, m)) : '');
}

function tolerated(metrics: readonly MetricPower[], m: Words): string {
  const power = metrics.find((metric) => metric.kind !== 'unknown' && isTolerated(metric));
  return power === undefined || power.kind === 'unknown' ? '' : m.tolerated(nameOf(power, m), soughtOf(power, m));
}

function wanting(power: ToldMetric, index: number, m: Words): string {
  const share = watchedAt(power, index);
  if (share === null) return m.alone;
  const what =
    share.chance.after >= HALF
      ? m.findsSome(soughtOf(power, m), share.chance.after)
      : m.cannotTell(harmOf(power, power.sought, m), usualOf(power, m));
  return m.says('', [what, needs(share, m)]);
}

/** What nine tenths of launches would take. */
function needs({ seconds, weightNeeded }: WatchedShare, m: Words): string {
  const time = seconds.most === null ? null : timeOf(seconds.most, Math.ceil, m);
  const weight = weightNeeded === null ? null : Math.ceil(weightNeeded);
  if (time !== null && weight !== null) return m.needsEither(time, weight);
  if (time !== null) return m.needs.time(time);
  return weight === null ? '' : m.needs.weight(weight);
}
