import type { Circumstances, Part } from '../part.ts';
import type { Findings } from '../report/result.ts';
import { correlatedStreams } from './correlated/arms/kinds.ts';
import { GRID } from './grid.ts';
import { type Correlated, correlatedFindings } from './report/correlated-findings.ts';
import { stoppedOf, summaryOf } from './report/summary.ts';
import { workThrough } from './runs/farm.ts';

/** What comes together; beside the first one, in which nothing does. */
const KINDS = Object.values(correlatedStreams);
/** Launches of a cell, with a sound version and with a worse one: more where the evidence is no theorem for all looks together. */
const RUNS = {
  never: { sound: 60, worse: 20 },
  users: { sound: 60, worse: 20 },
  instances: { sound: 120, worse: 20 },
} as const;
const QUICK = { sound: 2, worse: 2 } as const;
/** The new version's bad answers are so many times as many. */
const WORSE = 3;

/** What data in which bad answers come together does to the judge, and what its settings for such data cost. */
export const correlatedPart: Part = {
  name: 'correlated',
  title: 'Correlated data: bad answers that come together, with and without the setting for it',
  measure: async (circumstances) => {
    const found: Correlated[] = [];
    const findings = (): Findings => correlatedFindings(found, WORSE);
    for (const kind of KINDS) {
      const runs = circumstances.quick ? QUICK : RUNS[kind.together];
      const sound = await watchAll({ correlation: kind.name, factor: 1, runs: runs.sound }, circumstances);
      const worse = await watchAll({ correlation: kind.name, factor: WORSE, runs: runs.worse }, circumstances);
      found.push({
        kind,
        runs,
        alarms: sound.map((settings) => settings.map(stoppedOf)),
        detections: worse.map((settings) => settings.map((stops) => summaryOf(stops, 0))),
      });
      circumstances.keep(findings());
    }
    return findings();
  },
};

interface Asked {
  readonly correlation: string;
  readonly factor: number;
  readonly runs: number;
}

function watchAll(asked: Asked, circumstances: Circumstances): ReturnType<typeof workThrough> {
  const orders = GRID.map((cell) => ({ method: 'watchCorrelated' as const, launches: { ...asked, cell } }));
  return workThrough(orders, `correlated, ${asked.correlation}, x${asked.factor}`, circumstances);
}
