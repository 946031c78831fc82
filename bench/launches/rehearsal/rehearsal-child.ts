// A rehearsal in a process of its own.
import { readFileSync } from 'node:fs';
import { registry } from '@slipway/providers';
import { readPlan, rehearse } from '@slipway/rehearsal';
import { answerQuestions, orderOf } from '../../process/answering.ts';
import { timed } from '../timed.ts';
import { countsOf, type Counts } from './counts.ts';

export interface RehearsalOrder {
  /** Of the plan. */
  readonly folder: string;
  readonly version: string;
}

export interface Rehearsed {
  readonly milliseconds: number;
  readonly counts: Counts;
}

const { folder, version } = orderOf<RehearsalOrder>();

answerQuestions({
  rehearse: async (): Promise<Rehearsed> => {
    const { milliseconds, value } = await timed(async () => {
      const file = 'launch.yaml';
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      const read = readPlan({ text, file, artifactVersion: version }, registry);
      if (!read.ok) throw new Error(read.problems.join('\n'));
      return await rehearse({ plan: read.plan, policy: read.policy, now: Date.now() });
    });
    return { milliseconds, counts: countsOf(value) };
  },
});
