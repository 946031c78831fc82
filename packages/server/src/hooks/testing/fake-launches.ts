import { evolve, type Launch, ABSENT, type Recorded } from '@slipway/core';
import type { Engine } from '@slipway/engine';
import type { HookTrigger, Plan } from '@slipway/plan';

type Launches = Pick<Engine, 'listActive' | 'find' | 'command'>;

/** Launches in a soak that waits for alerts; the engine's answers without an engine. */
export class FakeLaunches implements Launches {
  readonly commands: (readonly [string, Parameters<Engine['command']>[1]])[] = [];
  /** What asking for the launch "bad-1" rejects with. */
  broken: Error | null = null;
  readonly #launches = new Map<string, Launch>();
  readonly #told = new Set<string>();

  waitFor(id: string, ...hooks: readonly HookTrigger[]): void {
    this.#launches.set(id, soaking(id, hooks));
  }

  async listActive() {
    return [...this.#launches.keys()].map((id) => ({ id, name: id, version: 1, active: true, startedAt: 0 }));
  }

  async find(id: string): Promise<Launch | null> {
    if (id === 'bad-1' && this.broken !== null) throw this.broken;
    return this.#launches.get(id) ?? null;
  }

  /** Each incident is news to a launch once. */
  async command(id: string, command: Parameters<Engine['command']>[1]) {
    const launch = await this.find(id);
    const told = `${id} ${JSON.stringify(command)}`;
    if (launch === null || this.#told.has(told))
      return { ok: false, rejection: { code: 'not-now', message: 'known' } } as const;
    this.#told.add(told);
    this.commands.push([id, command]);
    return { ok: true, launch, next: null } as const;
  }
}

function soaking(id: string, hooks: readonly HookTrigger[]): Launch {
  const judging = { conditions: [], hooks, minSamples: 1, every: 1_000, silence: 30_000 };
  const step = {
    kind: 'soak',
    id: 'watch',
    title: 'Watch',
    phase: 'p',
    needs: [],
    onFail: 'hold',
    environment: 'production',
    hold: 1,
    judging,
  };
  const plan = {
    launch: id,
    steps: { watch: step },
    phases: [{ name: 'p', steps: ['watch'] }],
    environments: {},
    announcements: [],
  };
  const recorded = (seq: number, event: object) =>
    ({ seq, at: 0, hash: '', actor: { kind: 'slipway' }, event }) as unknown as Recorded;
  const begun = recorded(1, {
    type: 'launch-started',
    launch: id,
    plan: plan as unknown as Plan,
    planDigest: '',
    directory: '',
    t0: 0,
  });
  const state = evolve(evolve(ABSENT, begun), recorded(2, { type: 'step-started', step: 'watch' }));
  if (state.is === 'absent') throw new Error('it has not started');
  return state;
}
