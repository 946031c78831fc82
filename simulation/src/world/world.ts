import type { EffectWork, Notice, RestoreWork } from '@slipway/core';
import type { Scenario } from '../plans/scenario.ts';
import { SimulatedEnvironment } from './environment.ts';

/** Everything outside Slipway: environments, what commands left behind, messages that people got. */
export class World {
  readonly environments: ReadonlyMap<string, SimulatedEnvironment>;
  readonly #before: Scenario['before'];
  /** Steps whose command was done and not undone. */
  readonly #traces = new Set<string>();
  /** Notice to how often it was delivered. */
  readonly #deliveries = new Map<string, number>();

  constructor({ plan, before }: Scenario) {
    this.#before = before;
    this.environments = new Map(
      Object.values(plan.environments).map(({ name, router }) => [
        name,
        new SimulatedEnvironment(router !== null, before[name] ?? null),
      ]),
    );
  }

  /** Makes the work happen. Throws SplitRefused where a router refuses. What only looks changes nothing. */
  apply(work: EffectWork, notice: string): void {
    switch (work.kind) {
      case 'start':
        return this.environment(work.environment).start(work.version);
      case 'restore':
        this.#giveBack(work);
        return this.environment(work.environment).restore(work.version);
      case 'stop':
        return this.environment(work.environment).stop(work.version);
      case 'shift':
        return this.environment(work.environment).shift(work.weights, work.mirror?.version);
      case 'roll':
        return this.environment(work.environment).roll(work);
      case 'command':
        return this.#command(work.command.argv);
      case 'send':
        this.#deliveries.set(notice, (this.#deliveries.get(notice) ?? 0) + 1);
        return;
      case 'lock':
      case 'survey':
      case 'check':
      case 'observe':
      case 'confirm-back':
        return;
    }
  }

  /** What is left where it dies in the middle: all of it, but of work that goes step by step. Throws as `apply` does. */
  applyInPart(work: EffectWork, notice: string): void {
    if (work.kind === 'roll') this.environment(work.environment).rollInPart(work);
    else if (work.kind === 'restore' && work.rolled !== undefined) this.#giveBack(work);
    else this.apply(work, notice);
  }

  /** Whether what the work is to bring about is so. */
  holds(work: EffectWork, notice: string): boolean {
    switch (work.kind) {
      case 'start':
      case 'restore':
        return this.environment(work.environment).isWhole(work.version);
      case 'stop':
        return !this.environment(work.environment).runs(work.version);
      case 'shift':
        return this.environment(work.environment).hasSplit(work.weights, work.mirror?.version);
      case 'roll':
        return this.environment(work.environment).hasRolled(work);
      case 'confirm-back':
        return this.environment(work.environment).servesAlone(work.version);
      case 'command':
        return this.#traces.has(work.command.argv[1] ?? '') === (work.command.argv[0] === 'do');
      case 'send':
        return this.deliveries(notice) > 0;
      case 'lock':
      case 'survey':
      case 'check':
      case 'observe':
        return true;
    }
  }

  environment(name: string): SimulatedEnvironment {
    const found = this.environments.get(name);
    if (found === undefined) throw new Error(`the world has no environment ${name}`);
    return found;
  }

  before(environment: string): string | null {
    return this.#before[environment] ?? null;
  }

  leftTrace(step: string): boolean {
    return this.#traces.has(step);
  }

  deliveries(notice: Notice['id']): number {
    return this.#deliveries.get(notice) ?? 0;
  }

  /** What was rolled away gets the traffic that it can carry before any of it is started. */
  #giveBack({ environment, version, rolled }: RestoreWork): void {
    if (rolled !== undefined) this.environment(environment).giveBack(version, rolled.by);
  }

  #command([verb, step]: readonly string[]): void {
    if (step === undefined) return;
    if (verb === 'do') this.#traces.add(step);
    if (verb === 'undo') this.#traces.delete(step);
  }
}
