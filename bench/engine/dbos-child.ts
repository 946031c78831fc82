// A process with DBOS: workflows of steps that do nothing. Started by the bench with an EngineOrder on PostgreSQL.
import { DBOS } from '@dbos-inc/dbos-sdk';
import { answerQuestions, orderOf } from '../process/answering.ts';
import type { EngineOrder, StepsOrder } from './order.ts';

const { storage } = orderOf<EngineOrder>();
if (storage.is !== 'postgres') throw new Error('DBOS keeps its state in PostgreSQL');

const nothing = async (): Promise<string> => 'nothing to do';
const flow = DBOS.registerWorkflow(
  async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step += 1) await DBOS.runStep(nothing, { name: 'nothing' });
  },
  { name: 'flow' },
);
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: storage.url, logLevel: 'error' });
await DBOS.launch();

answerQuestions(
  {
    /** Seconds from the first start to the last end. */
    steps: async ({ launches, steps }: StepsOrder) => {
      const began = performance.now();
      const handles = await Promise.all(Array.from({ length: launches }, () => DBOS.startWorkflow(flow)(steps)));
      await Promise.all(handles.map((handle) => handle.getResult()));
      return (performance.now() - began) / 1_000;
    },
  },
  async () => await DBOS.shutdown(),
);
