import { judgedCondition } from '../analysis/with-analysis.ts';
import type { Finding, JudgedCondition, Judgement, JudgeInput } from '../judge.ts';
import type { Bilingual } from '../messages/language.ts';
import { fineSentences, gaugeSentences, type SeenGauge } from './gauge-sentences.ts';
import type { GaugeStanding, WatchedGauge } from './watched-gauge.ts';

/**
 * What gauges add to an opinion of conditions and comparison. One beyond its limit fails a version; one that rises by itself, or of
 * which nobody can tell, passes none, and at the end of the hold a person is asked. They stand outside of any promise about false
 * alarms, so they turn no failure into anything else, and end no watch early. Pure.
 */
export function withGauges(opinion: Judgement, seen: readonly SeenGauge[], input: JudgeInput): Judgement {
  if (opinion.final === 'fail' || seen.length === 0) return opinion;
  const judgement = { ...opinion, findings: opinion.findings.map((finding) => ownFinding(finding, seen)) };
  const broken = seen.find(({ standing }) => HOLDS[standing.is] === 'no');
  if (broken !== undefined) {
    const culprit = broken.gauge.metric;
    return {
      ...judgement,
      ...spoken(gaugeSentences(broken, input.versions)),
      standing: 'failing',
      final: 'fail',
      culprit,
    };
  }
  if (judgement.standing !== 'healthy') return judgement;
  const rising = seen.find(({ standing }) => standing.is === 'rising');
  const doubtful = rising ?? seen.find(({ standing }) => standing.is === 'unknown');
  if (doubtful === undefined) return { ...judgement, ...added(judgement, fineSentences(seen, input.versions)) };
  const isOver = input.elapsed >= input.hold;
  const doubted = { ...judgement, ...spoken(gaugeSentences(doubtful, input.versions)) };
  const standing = rising !== undefined ? 'suspect' : isOver ? 'no-data' : 'too-early';
  const culprit = rising?.gauge.metric ?? null;
  return { ...doubted, standing, final: isOver ? 'insufficient-data' : null, culprit };
}

const HOLDS: Readonly<Record<GaugeStanding['is'], Finding['holds']>> = {
  over: 'no',
  under: 'no',
  more: 'no',
  rising: 'unknown',
  unknown: 'unknown',
  fine: 'yes',
};

const spoken = (sentences: Bilingual) => ({ sentence: sentences.en, sentences });

function added({ sentences: { en, fr } }: Judgement, more: Bilingual) {
  return spoken({ en: `${en}; ${more.en}`, fr: `${fr} ; ${more.fr}` });
}

/** The finding of a gauge's own condition says how it stands; that it was not read at all stays as it was said. */
function ownFinding(finding: Finding, seen: readonly SeenGauge[]): Finding {
  const own = seen.find(({ gauge }) => gaugeText(gauge) === finding.condition);
  if (own === undefined || (finding.holds === 'unknown' && HOLDS[own.standing.is] === 'yes')) return finding;
  return { ...finding, holds: HOLDS[own.standing.is] };
}

/** A gauge among the conditions: that it is read on the new version is asked for there as of any other. */
export function gaugeCondition(gauge: WatchedGauge): JudgedCondition {
  return { ...judgedCondition(gauge.metric), text: gaugeText(gauge) };
}

/** What is asked of it, as the plan writes it: `memory: { below: 1500, rising: hold }`. */
function gaugeText({ metric, below, above, times, rising }: WatchedGauge): string {
  const asked = [
    below === null ? [] : [`below: ${below}`],
    above === undefined ? [] : [`above: ${above}`],
    times === null ? [] : [`times: ${times}`],
    `rising: ${rising}`,
  ];
  return `${metric}: { ${asked.flat().join(', ')} }`;
}
