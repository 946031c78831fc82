import type { Circumstances, Part } from '../part.ts';
import type { Findings, Goal } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { heldBytes } from './cost/held-bytes.ts';
import { drawnCounts, drawnLatencies, lognormal, newLatencyMetric, newRateMetric } from './cost/metrics.ts';
import { nanosecondsOf } from './cost/nanoseconds.ts';
import { Recorder } from './cost/recorder.ts';
import { randomOf } from './streams/random.ts';

interface Cost {
  readonly text: string;
  readonly unit: string;
  /** What it is to stay under. */
  readonly limit: number;
  readonly figures: (size: Size) => readonly number[];
}

interface Size {
  readonly rounds: number;
  /** Times as many calls as a quick run makes. */
  readonly times: number;
}

const COSTS: readonly Cost[] = [
  { text: 'recording a request', unit: 'ns', limit: 50, figures: recording },
  { text: 'a rate metric, a second', unit: 'µs', limit: 3, figures: rate },
  { text: 'a latency metric, a second', unit: 'µs', limit: 15, figures: latency },
  { text: 'state of a rate metric', unit: 'kB', limit: 12, figures: rateState },
  { text: 'state of a latency metric', unit: 'kB', limit: 12, figures: latencyState },
];

/** What judging costs the processor and the memory. */
export const costPart: Part = {
  name: 'cost',
  title: 'Cost: recording, judging and keeping',
  measure: async ({ quick, say }: Circumstances): Promise<Findings> => {
    const size = quick ? { rounds: 3, times: 1 } : { rounds: 15, times: 10 };
    const measured = COSTS.map((cost) => {
      say(`cost: ${cost.text}`);
      return { cost, figures: cost.figures(size) };
    });
    const rows = measured.map(({ cost: { text, unit }, figures }) => ({
      label: `${text}, ${unit}`,
      figures: [median(figures), Math.min(...figures), Math.max(...figures)],
    }));
    const goals = measured.map(({ cost: { text, unit, limit }, figures }): Goal => ({
      text,
      unit,
      wanted: 'at most',
      limit,
      measured: median(figures),
    }));
    const notes = [
      `${size.rounds} rounds after a warm-up, on one core; evidence of harm and of harmlessness, 500 requests/s, 5 % new.`,
    ];
    return { tables: [{ title: 'Cost', columns: ['median', 'least', 'most'], rows, notes }], goals };
  },
};

function recording({ rounds, times }: Size): readonly number[] {
  const random = randomOf('cost, recording');
  const answers = Float64Array.from({ length: 4_096 }, () => lognormal(random));
  const recorder = new Recorder();
  const work = (call: number): void => recorder.record(answers[call & 4_095] ?? 0, (call & 255) === 0);
  return nanosecondsOf(work, 100_000 * times, rounds);
}

function rate({ rounds, times }: Size): readonly number[] {
  return secondsOf({ start: newRateMetric, drawn: drawnCounts() }, { rounds, times });
}

function latency({ rounds, times }: Size): readonly number[] {
  return secondsOf({ start: newLatencyMetric, drawn: drawnLatencies() }, { rounds, times });
}

interface Looking<Reading> {
  readonly start: () => { look(reading: Reading): unknown };
  readonly drawn: readonly Reading[];
}

/** Microseconds a look. */
function secondsOf<Reading>({ start, drawn }: Looking<Reading>, { rounds, times }: Size): readonly number[] {
  const metric = start();
  const work = (call: number): void => {
    const reading = drawn[call % drawn.length];
    if (reading !== undefined) metric.look(reading);
  };
  return nanosecondsOf(work, 2_000 * times, rounds).map((each) => each / 1_000);
}

function rateState({ rounds }: Size): readonly number[] {
  return stateOf({ start: newRateMetric, drawn: drawnCounts() }, rounds);
}

function latencyState({ rounds }: Size): readonly number[] {
  return stateOf({ start: newLatencyMetric, drawn: drawnLatencies() }, rounds);
}

/** Kilobytes of a metric that has seen all that is drawn: rare latencies, and so the buckets held for them, come late. */
function stateOf<Reading>({ start, drawn }: Looking<Reading>, rounds: number): readonly number[] {
  const make = (): unknown => {
    const metric = start();
    for (const reading of drawn) metric.look(reading);
    return metric;
  };
  return heldBytes(make, rounds).map((bytes) => bytes / 1_000);
}
