import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanReport } from '@slipway/contract';
import { bigPlan } from './big-plan.ts';

/** Of the large plan. */
export const STEPS = 500;

/** A folder with the large plan and one of a single step. */
export async function planFolder(folder: string, name: string): Promise<string> {
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'launch.yaml'), bigPlan(STEPS));
  await writeFile(join(own, 'small.yaml'), bigPlan(1));
  return own;
}

/** Throws where a plan of so many steps was not reported on in full. */
export function mustBeWhole({ ok, problems, timeline }: PlanReport, steps: number): void {
  if (!ok) throw new Error(`the plan is wrong: ${JSON.stringify(problems[0])}`);
  const { size } = new Set(timeline.map(({ id }) => id));
  if (size !== steps) throw new Error(`the time-line has ${size} steps, not ${steps}`);
}
