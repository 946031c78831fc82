import type { ProviderContext, RouterState, Split } from '@slipway/provider-kit';
import { changes } from '../builtin/accept-split.ts';
import { readBackend, refuseReply } from './backend.ts';
import { ofThisBoot, requestsSeen } from './boot.ts';
import { commandsFor, inLines, refuseOther } from './commands.ts';
import { planSplit } from './plan-split.ts';
import { realWeights } from './real-weights.ts';
import { refuseUnfit } from './refuse-split.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { HaproxyRouterConfig } from './schema.ts';
import type { Lease } from '../environment-store.ts';
import type { SplitStore } from './split-store.ts';
import { storedOrNothing } from './split-store.ts';

export interface Place {
  readonly config: HaproxyRouterConfig;
  readonly environment: string;
  readonly store: SplitStore;
  readonly context: ProviderContext<'dataDirectory'>;
}

/** Sets HAProxy's servers to the split, and gives the weights that it then has. The split is kept before anything is sent. */
export async function shiftServers(place: Place, split: Split): Promise<RouterState['weights']> {
  const { store, environment, context } = place;
  return await store.exclusively(environment, context.signal, async (lease) => {
    changes(storedOrNothing(store, environment).split, split);
    using api = await RuntimeApi.open(place.config.socket, context.signal);
    return await shiftWith(api, place, { split, lease });
  });
}

async function shiftWith(
  api: RuntimeApi,
  { config: { backend: name }, environment, store, context }: Place,
  { split, lease }: { split: Split; lease: Lease },
): Promise<RouterState['weights']> {
  const seen = store.seen(environment);
  const backend = await readBackend(api, name);
  refuseUnfit(backend, name);
  const current = ofThisBoot(storedOrNothing(store, environment), { backend, seen, now: context.now() });
  const { stored, wanted } = planSplit(split, current, backend);
  store.save(environment, lease, stored);
  store.see(environment, requestsSeen(backend));
  const refused: string[] = [];
  for (const line of inLines(commandsFor(backend, name, wanted))) {
    store.refuseLate(lease);
    for (const reply of await api.ask(line)) {
      refuseReply(reply, name);
      if (!isDone(reply)) refused.push(reply);
    }
  }
  const after = await readBackend(api, name);
  refuseOther(after, wanted, refused);
  return realWeights(stored, after);
}

/** Commands that did as they were told say nothing, or what address they changed. */
function isDone(reply: string): boolean {
  return reply.trim() === '' || /^(?:no need to change|IP changed|port changed)/.test(reply);
}
