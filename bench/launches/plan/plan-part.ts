import type { Part } from '../../part.ts';
import type { Findings } from '../../report/result.ts';
import { load, timeGoal, timesTable } from '../timed.ts';
import { inProcess, type Within } from './ask-server.ts';
import { STEPS } from './plan-folder.ts';
import { type Around, asProcesses } from './time-commands.ts';

const LIMIT = 300;

/** How long people wait for what is wrong with a large plan, and for what it will do. */
export const planPart: Part = {
  name: 'plan',
  title: `Lint and plan of a plan of ${STEPS} steps`,
  measure: async (circumstances) => {
    const began = load();
    const within = await inProcess(circumstances);
    circumstances.keep(findingsOf(within, began));
    const around = await asProcesses(circumstances);
    const [inside, outside] = [findingsOf(within, began), processFindings(around, began)];
    return { tables: [...inside.tables, ...outside.tables], goals: [...inside.goals, ...outside.goals] };
  },
};

function findingsOf({ first, later }: Within, began: number): Findings {
  const table = timesTable({
    title: `What a server takes to report on ${STEPS} steps`,
    timed: [later, first],
    rounds: later.milliseconds.length,
    load: began,
    notes: [
      `Read, checked, with its time-line, its red flags and every message: lint and plan differ in what they show of it. Asked over loopback; of ${first.milliseconds.length} servers, one after the other.`,
    ],
  });
  return {
    tables: [table],
    goals: [
      timeGoal(`lint and plan of ${STEPS} steps, in process`, LIMIT, later),
      timeGoal('the first of a server', LIMIT, first),
    ],
  };
}

function processFindings({ version, lint, plan, others }: Around, began: number): Findings {
  const table = timesTable({
    title: 'As commands, each in a process of its own',
    timed: [version, lint, plan, ...others],
    rounds: version.milliseconds.length,
    load: began,
    notes: ['A server runs for the folder, but for the last line, where the command starts one of its own.'],
  });
  return {
    tables: [table],
    goals: [
      timeGoal(`slipway lint, ${STEPS} steps, beyond --version`, LIMIT, lint, version),
      timeGoal(`slipway plan, ${STEPS} steps, beyond --version`, LIMIT, plan, version),
    ],
  };
}
