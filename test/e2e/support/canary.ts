import type { LaunchView } from '@slipway/contract';
import { type Answered, runVisitors, type VisitorReport } from '../../../examples/shop/visitors.ts';
import { canaryPlan, installPlan } from './canary-plan.ts';
import { freePort, type RealServer } from './real-server.ts';

export const OLD = '1.0.0';
export const NEW = '2.2.0';

/** A rollout of the example shop under load, watched at a quarter of the traffic. */
export interface Canary {
  readonly id: string;
  /** Of the visitors who were answered since, the share that met the new version. */
  shareSince(began: number): number;
  /** The visitors go. */
  leave(): Promise<VisitorReport>;
}

/** Resolves when the new version has met visitors. `hold`: of the first share, such as `4s`. */
export async function startCanary(server: RealServer, hold: string): Promise<Canary> {
  const port = await freePort();
  const installed = await server.launch(installPlan({ port }), OLD);
  await server.until(installed.id, (view) => view.state === 'completed');
  const answers: { readonly at: number; readonly version: string | null }[] = [];
  const onAnswer = ({ version }: Answered): void => void answers.push({ at: Date.now(), version });
  const leaving = new AbortController();
  const visits = runVisitors({
    url: `http://127.0.0.1:${port}`,
    ratePerSecond: 40,
    signal: leaving.signal,
    onAnswer,
  });
  const { id } = await server.launch(canaryPlan({ port }, hold), NEW);
  await server.until(id, (view: LaunchView) => (view.look?.samples ?? 0) > 0);
  return {
    id,
    shareSince: (began) => {
      const since = answers.filter(({ at }) => at >= began);
      return since.filter(({ version }) => version === NEW).length / since.length;
    },
    leave: async () => {
      leaving.abort();
      return await visits;
    },
  };
}
