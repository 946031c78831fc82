import type { Catalogue } from '../messages/catalogue.ts';
import type { WrittenGauge } from '../messages/figures.ts';
import type { Bilingual } from '../messages/language.ts';
import { inBoth } from '../messages/messages.ts';
import type { JudgeInput } from '../judge.ts';
import { timeOf } from '../power/time.ts';
import type { GaugeStanding, WatchedGauge } from './watched-gauge.ts';

/** A gauge that is watched, and how it stands. */
export interface SeenGauge {
  readonly gauge: WatchedGauge;
  readonly standing: GaugeStanding;
}

type Versions = JudgeInput['versions'];

/** How one gauge stands, in one sentence that says what it is worth; of one that is fine only the figures. */
export function gaugeSentences(seen: SeenGauge, versions: Versions): Bilingual {
  return inBoth((words) => sentence(seen, versions, words));
}

/** What stands beside the sentence of a version that may go on: how its gauges are, and that it is no promise. */
export function fineSentences(seen: readonly SeenGauge[], versions: Versions): Bilingual {
  return inBoth((words) => words.gauges.noPromise(seen.map((each) => sentence(each, versions, words))));
}

function sentence({ gauge, standing }: SeenGauge, versions: Versions, words: Catalogue): string {
  const { gauges } = words;
  const named: WrittenGauge = { metric: gauge.metric, fresh: versions.new, old: versions.old ?? '?' };
  const amount = (value: number): string => gauges.amount(value, gauge.unit);
  switch (standing.is) {
    case 'over':
    case 'under':
      return gauges.noProof(gauges[standing.is](named, amount(standing.level), amount(standing.limit)));
    case 'more': {
      const levels = { fresh: amount(standing.level), old: amount(standing.old) };
      return gauges.noProof(gauges.more(named, levels, gauges.amount(standing.times, '')));
    }
    case 'rising':
      return gauges.noTrendProof(riseSentence({ gauge, standing }, named, words));
    case 'unknown': {
      const { doubt, readings, needed } = standing;
      return gauges.noPromise([gauges.unknown[doubt](named, readings, needed)]);
    }
    case 'fine':
      return gauges[standing.isSteady ? 'steady' : 'at'](named, amount(standing.level));
  }
}

type Rising = Extract<GaugeStanding, { is: 'rising' }>;

function riseSentence(
  { gauge, standing }: { readonly gauge: WatchedGauge; readonly standing: Rising },
  named: WrittenGauge,
  { gauges, power }: Catalogue,
): string {
  const { line, secondsToLimit, risesMore } = standing;
  const isFast = line.slope * MINUTE >= 1;
  const rate = gauges.amount(line.slope * (isFast ? MINUTE : HOUR), gauge.unit);
  const rises = gauges.rises(named, isFast ? gauges.perMinute(rate) : gauges.perHour(rate));
  const beside = risesMore ? gauges.notOn(named.old) : '';
  if (secondsToLimit === null || gauge.below === null) return `${rises}${beside}`;
  const reaches = gauges.reaches(gauges.amount(gauge.below, gauge.unit), timeOf(secondsToLimit, Math.round, power));
  return `${rises}${beside}${reaches}`;
}

/** Seconds. */
const [MINUTE, HOUR] = [60, 3_600];
