import { calibrate, type Calibration, type ShardCounts } from '@slipway/judge';
import { z } from 'zod';
import type { Session } from '../../session.ts';

const calibrateOptions = z.object({
  newShards: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .optional(),
  runs: z
    .string()
    .regex(/^[1-9]\d{1,3}$/)
    .transform(Number)
    .optional(),
});

/** A share that many ramps begin with. */
const USUAL_SHARE = 0.1;
const RUNS = 200;
/** As a launch plan has it where it does not say. */
const FALSE_ALARMS = 0.01;
/** The same data give the same answer. */
const SEED = 20_260;

/** With the options that were typed. Throws Failure where one of them cannot be. */
export function calibrateSeries(session: Session, series: readonly ShardCounts[]): Calibration {
  const { newShards, runs = RUNS } = session.options(calibrateOptions);
  const shards = series[0]?.units.length ?? 0;
  const pretending = newShards ?? Math.max(1, Math.round(shards * USUAL_SHARE));
  return calibrate(series, { newShards: pretending, runs, falseAlarms: FALSE_ALARMS, seed: SEED });
}
