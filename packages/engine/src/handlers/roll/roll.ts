import type { Json, RollProgress, RollWork } from '@slipway/core';
import {
  type InstanceState,
  RetryableError,
  type RouterProvider,
  type TargetProvider,
  TerminalError,
  type VersionState,
} from '@slipway/provider-kit';
import type { PlaceUse, ProviderAccess } from '../../providers/provider-access.ts';
import { type Done, type EffectContext, type Handlers, runAgain } from '../handler.ts';
import { instancesOf, readyAddresses } from '../ready-instances.ts';
import { setSplit, weightsOf } from '../set-split.ts';
import { goalOf, type RollGoal } from './bounds.ts';
import { type Arms, nextAction, type RollAction } from './next-action.ts';
import { trafficTo } from './traffic-to.ts';

/** Replaces instances round by round. It reads what is there before each action: run again after any death, it goes on. */
export function rollHandler(access: ProviderAccess): Handlers['roll'] {
  return {
    run: async (work, context) => await (await prepare(access, work, context)).run(),
    verify: runAgain,
    idempotent: () => true,
  };
}

type Target = PlaceUse<TargetProvider>;
type ArmName = keyof Arms;

/** What is there, and the target's revision from before it was looked at. */
interface Seen extends Readonly<Record<ArmName, readonly InstanceState[]>> {
  readonly revision: number;
}

interface Parts {
  readonly work: RollWork;
  readonly context: EffectContext;
  readonly targets: Readonly<Record<ArmName, Target>>;
  readonly scaling: NonNullable<TargetProvider['scaling']>;
  readonly router: PlaceUse<RouterProvider>;
  readonly whole: number;
  readonly goal: RollGoal;
}

/** Everything that can be wrong is found before anything is touched. */
async function prepare(access: ProviderAccess, work: RollWork, context: EffectContext): Promise<Roll> {
  const { environment, newVersion, oldVersion, weight, bounds } = work;
  const router = await access.router(environment, context);
  if (router === null) throw new TerminalError(`${environment} has no router to shift traffic with`);
  const targets = {
    new: await access.target(environment, newVersion, context),
    old: await access.target(environment, oldVersion, context),
  };
  const { scaling, name } = targets.new.provider;
  if (scaling === undefined)
    throw new TerminalError(`the target ${name} runs whole versions only: choose another strategy`);
  const whole = scaling.whole(targets.new.config);
  const goal = goalOf(whole, weight, bounds);
  if (goal === null)
    throw new TerminalError(
      `the only instance in ${environment} cannot be replaced while it answers: allow "max-surge"`,
    );
  return new Roll({ work, context, targets, scaling, router, whole, goal });
}

/** A version whose instances fall ill as often as they get ready would be waited for as long as the effect may take. */
const MOST_WAITS = 3;

class Roll {
  readonly #parts: Parts;
  #progress: RollProgress | null = null;
  #routed = '';
  #waits = 0;
  #goal: RollGoal;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#goal = parts.goal;
  }

  async run(): Promise<Done> {
    const { context } = this.#parts;
    for (;;) {
      context.signal.throwIfAborted();
      const seen = await this.#look();
      const action = nextAction(armsOf(seen), this.#goal);
      if (action.do === 'reached') return await this.#end(seen);
      await this.#act(action, seen);
    }
  }

  async #look(): Promise<Seen> {
    const { targets, scaling, work } = this.#parts;
    const { new: target } = targets;
    const { newVersion, oldVersion } = work;
    const revision = await scaling.revision(target.config, target.place, target.context);
    const state = await target.provider.inspect(target.config, target.place, target.context);
    return { revision, new: instancesOf(state, newVersion), old: instancesOf(state, oldVersion) };
  }

  async #act(action: Exclude<RollAction, { do: 'reached' }>, seen: Seen): Promise<void> {
    switch (action.do) {
      case 'grow':
        this.#refuseLost(action.arm, seen);
        return action.arm === 'old' ? await this.#growOld(action.to, seen) : await this.#scale('new', action.to, seen);
      case 'wait':
        this.#waits += 1;
        if (this.#waits > MOST_WAITS)
          throw new RetryableError(`the instances of ${this.#versionOf(action.arm)} do not stay ready`);
        return await this.#scale(action.arm, seen[action.arm].length, seen);
      case 'shrink':
        // Traffic first: no request goes to an instance that is being drained.
        await this.#route({ ...seen, [action.arm]: seen[action.arm].slice(0, action.to) });
        this.#parts.context.signal.throwIfAborted();
        return await this.#scale(action.arm, action.to, seen);
    }
  }

  async #end(seen: Seen): Promise<Done> {
    await this.#route(seen);
    const { newVersion, environment } = this.#parts.work;
    const progress = this.#progress ?? { kind: 'rolled', instances: 0, of: this.#parts.whole, weights: {} };
    const summary = `${progress.instances} of ${progress.of} instances in ${environment} run ${newVersion}`;
    const items = Object.entries(progress.weights).map(([version, weight]) => ({
      asked: `traffic of ${version}`,
      found: `${weight} %`,
      expected: 'that of its ready instances',
      verdict: 'pass' as const,
    }));
    return { evidence: { summary, items }, data: progress };
  }

  /** Says and notes what it has come to whenever that changes. */
  async #route(serving: Seen): Promise<void> {
    const { router, context, work, whole } = this.#parts;
    const ready = { new: readyAddresses(serving.new), old: readyAddresses(serving.old) };
    const backends = trafficTo(ready, work);
    const routed = JSON.stringify(backends);
    if (routed === this.#routed) return;
    await setSplit(router, { backends }, context);
    this.#routed = routed;
    const instances = ready.new.length;
    this.#progress = { kind: 'rolled', instances, of: whole, weights: weightsOf(backends) };
    context.say(`${instances} of ${whole} instances in ${work.environment} run ${work.newVersion}`);
    await context.noteDown({ ...this.#progress } satisfies Json);
  }

  /** What there is of it is enough where no more can be had: it may run by another configuration than the plan has now. */
  async #growOld(instances: number, seen: Seen): Promise<void> {
    try {
      await this.#scale('old', instances, seen);
    } catch (thrown) {
      if (!(thrown instanceof TerminalError)) throw thrown;
      const { context, work } = this.#parts;
      const { length } = seen.old;
      context.say(`${length} of ${work.oldVersion} stay in ${work.environment}: ${thrown.message}`);
      this.#goal = { ...this.#goal, old: length };
    }
  }

  /** 0 stops it: not by `stop`, which a worker that has stalled meanwhile could still do to its successor's instances. */
  async #scale(arm: ArmName, instances: number, seen: Seen): Promise<void> {
    const { targets, scaling, context, work } = this.#parts;
    const { config, place, context: call } = targets[arm];
    const version = this.#versionOf(arm);
    const leaving = seen[arm].slice(instances).map(({ id }) => id);
    context.say(
      instances === 0
        ? `drains and stops ${version} in ${work.environment}`
        : `brings ${version} to ${instances} in ${work.environment}`,
    );
    const order = { version, instances, leaving, revision: seen.revision + 1 };
    const state = await scaling.scale(config, place, order, call);
    if (state.instances.length !== instances) throw new RetryableError(otherCount(state, instances));
  }

  /** The old version is never started here: only a way back knows how it was configured. */
  #refuseLost(arm: ArmName, seen: Seen): void {
    const { oldVersion, environment } = this.#parts.work;
    if (arm === 'old' && seen.old.length === 0)
      throw new TerminalError(`${oldVersion} does not run in ${environment} any more: roll back`);
  }

  #versionOf(arm: ArmName): string {
    return arm === 'new' ? this.#parts.work.newVersion : this.#parts.work.oldVersion;
  }
}

function armsOf(seen: Seen): Arms {
  const armOf = (instances: readonly InstanceState[]) => ({
    running: instances.length,
    ready: readyAddresses(instances).length,
  });
  return { new: armOf(seen.new), old: armOf(seen.old) };
}

function otherCount({ version, instances }: VersionState, wanted: number): string {
  return `${instances.length} instances of ${version} run where ${wanted} were asked for`;
}
