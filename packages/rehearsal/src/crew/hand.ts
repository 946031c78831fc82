import { parentPort, workerData } from 'node:worker_threads';
import { rehearsedBy } from '../report/rehearsed.ts';
import { Beginning } from '../run/beginning.ts';
import { rehearseScenario, type Stage } from '../run/rehearse-scenario.ts';
import { GOOD } from '../scenario/scenarios.ts';
import type { Asked, Handed } from './handed.ts';

// Data of its own maker: nobody else starts this thread.
const stage = workerData as Stage;
const beginning = new Beginning();
await rehearseScenario(stage, GOOD, { beginning });
beginning.close();

async function rehearsed({ index, scenario }: Asked): Promise<Handed> {
  try {
    return { index, ok: true, rehearsed: rehearsedBy(await rehearseScenario(stage, scenario, { beginning })) };
  } catch (error) {
    return { index, ok: false, error };
  }
}

parentPort?.on('message', (asked: Asked) => {
  void rehearsed(asked).then((handed) => parentPort?.postMessage(handed));
});
