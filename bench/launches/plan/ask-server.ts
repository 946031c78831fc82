import type { PlanReport } from '@slipway/contract';
import { RealServer } from '../../../test/e2e/support/real-server.ts';
import type { Circumstances } from '../../part.ts';
import { timed, type Timed } from '../timed.ts';
import { bigPlan } from './big-plan.ts';
import { mustBeWhole, planFolder, STEPS } from './plan-folder.ts';

export interface Within {
  readonly first: Timed;
  readonly later: Timed;
}

/** Of the server that lint and plan ask: both ask it the same. The first answer of each server stands apart. */
export async function inProcess({ folder, quick, signal, say }: Circumstances): Promise<Within> {
  const [firsts, later]: [number[], number[]] = [[], []];
  for (let round = 1; round <= (quick ? 1 : 5); round += 1) {
    say(`plan: in process, ${round}`);
    const server = new RealServer(await planFolder(folder, `server-${round}`));
    await server.start();
    try {
      firsts.push(await ask(server));
      for (let times = quick ? 2 : 6; times > 0 && !signal.aborted; times -= 1) later.push(await ask(server));
    } finally {
      await server.stop();
    }
  }
  return {
    first: { label: 'its first', milliseconds: firsts },
    later: { label: 'the next ones', milliseconds: later },
  };
}

async function ask(server: RealServer): Promise<number> {
  const asked = { text: bigPlan(STEPS), file: 'launch.yaml' };
  const { milliseconds, value } = await timed(() => server.api<PlanReport>('POST', '/plans/report', asked));
  mustBeWhole(value, STEPS);
  return milliseconds;
}
