import type { Circumstances, Part } from '../part.ts';
import type { Findings } from '../report/result.ts';
import { CONTENDERS } from './contenders/contenders.ts';
import { GRID } from './grid.ts';
import { goalsOf, timesTable } from './report/detection-goals.ts';
import { detailsOf, type Detected, tablesOf } from './report/detection-tables.ts';
import { summaryOf } from './report/summary.ts';
import { workThrough } from './runs/farm.ts';
import { STEADY } from './streams/pattern.ts';
import { NO_REGRESSION, type Regression, REGRESSIONS } from './streams/regression.ts';

/** How soon a version that is worse is stopped, and how many bad answers it has given until then. */
export const detectionPart: Part = {
  name: 'detection',
  title: 'Detection: a worse version, watched for an hour',
  measure: async (circumstances) => {
    const runs = circumstances.quick ? 4 : 100;
    const { summaries: sound } = await detect(NO_REGRESSION, runs, circumstances);
    const detected: Detected[] = [];
    const findings = (): Findings => ({
      tables: [...tablesOf(detected, runs), timesTable({ detected, sound })],
      goals: goalsOf({ detected, sound }),
      details: detailsOf(detected),
    });
    for (const regression of REGRESSIONS) {
      detected.push(await detect(regression, runs, circumstances));
      circumstances.keep(findings());
    }
    return findings();
  },
};

async function detect(regression: Regression, runs: number, circumstances: Circumstances): Promise<Detected> {
  const contenders = Object.keys(CONTENDERS);
  const same = { runs, pattern: STEADY.name, regression: regression.name, contenders };
  const orders = GRID.map((cell) => ({ method: 'watchGrid' as const, launches: { ...same, cell } }));
  const outcomes = await workThrough(orders, `detection, ${regression.name}`, circumstances);
  const summaries = outcomes.map((outcome) => outcome.map((stops) => summaryOf(stops, regression.onset)));
  return { regression: regression.name, summaries };
}
