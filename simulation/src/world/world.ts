import { type EffectWork, isFlagRollout, type Notice, type RampWork, type RestoreWork } from '@slipway/core';
import type { Scenario } from '../plans/scenario.ts';
import { NEW, OLD } from '../plans/scenario.ts';
import { SimulatedEnvironment, SplitRefused } from './environment.ts';
import { SimulatedFlag } from './flag.ts';

/** What a flag serves by default, by the version that its environment ran before; where nothing ran there is no flag. */
const SERVED: Readonly<Record<string, string>> = { [OLD]: 'off', [NEW]: 'on' };

/** Everything outside Slipway: environments, what commands left behind, messages that people got. */
export class World {
  readonly environments: ReadonlyMap<string, SimulatedEnvironment>;
  /** By environment/flag; those that plans name. A flag that no set has is not there. */
  readonly flags: ReadonlyMap<string, SimulatedFlag>;
  readonly #before: Scenario['before'];
  /** Steps whose command was done and not undone. */
  readonly #traces = new Set<string>();
  /** Notice to how often it was delivered. */
  readonly #deliveries = new Map<string, number>();

  constructor({ plan, before }: Scenario) {
    this.#before = before;
    const ramped = Object.values(plan.steps).filter(isFlagRollout);
    this.flags = new Map(
      ramped.flatMap(({ environment, flag }): [string, SimulatedFlag][] => {
        const served = SERVED[before[environment] ?? ''];
        return served === undefined ? [] : [[`${environment}/${flag}`, new SimulatedFlag(served)]];
      }),
    );
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
      case 'ramp':
        return this.flag(work).ramp(work);
      case 'kill-flag':
        return this.flag(work).kill();
      case 'send':
        this.#deliveries.set(notice, (this.#deliveries.get(notice) ?? 0) + 1);
        return;
      case 'lock':
      case 'survey':
      case 'flag-survey':
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
      case 'ramp':
        return this.flag(work).has(work.audience);
      case 'kill-flag':
        return this.flag(work).isKilled;
      case 'send':
        return this.deliveries(notice) > 0;
      case 'lock':
      case 'survey':
      case 'flag-survey':
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

  /** Throws SplitRefused where there is none. */
  flag({ environment, flag }: Pick<RampWork, 'environment' | 'flag'>): SimulatedFlag {
    const found = this.flags.get(`${environment}/${flag}`);
    if (found === undefined) throw new SplitRefused(`there is no flag ${flag} in ${environment}`);
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
