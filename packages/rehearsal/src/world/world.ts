import { type EffectWork, isFlagRollout, type RampWork, type RestoreWork } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import { SimulatedEnvironment, SplitRefused } from './environment.ts';
import { SimulatedFlag } from './flag.ts';

type CommandWork = Extract<EffectWork, { kind: 'command' }>;

/** What a command leaves behind: the step that was done, or is done no more. */
export interface Trace {
  readonly step: string;
  readonly isDone: boolean;
}

/** The world as a launch finds it. */
export interface Found {
  readonly plan: Plan;
  /** The version that serves each environment before the launch; null: none does. */
  readonly before: Readonly<Record<string, string | null>>;
  /** What a flag serves by default in an environment; null: there is no flag. */
  readonly served: (environment: string, flag: string) => string | null;
  /** null: it leaves nothing behind. `key`: as of `apply`. */
  readonly traceOf: (work: CommandWork, key: string) => Trace | null;
}

/** Everything outside Slipway: environments, what commands left behind, messages that people got. */
export class World {
  readonly environments: ReadonlyMap<string, SimulatedEnvironment>;
  /** By environment/flag; those that plans name. A flag that no set has is not there. */
  readonly flags: ReadonlyMap<string, SimulatedFlag>;
  readonly #found: Found;
  /** Steps whose command was done and not undone. */
  readonly #traces = new Set<string>();
  /** Notice to how often it was delivered. */
  readonly #deliveries = new Map<string, number>();

  constructor(found: Found) {
    const { plan, before } = found;
    this.#found = found;
    const ramped = Object.values(plan.steps).filter(isFlagRollout);
    this.flags = new Map(
      ramped.flatMap(({ environment, flag }): [string, SimulatedFlag][] => {
        const served = found.served(environment, flag);
        return served === null ? [] : [[`${environment}/${flag}`, new SimulatedFlag(served)]];
      }),
    );
    this.environments = new Map(
      Object.values(plan.environments).map(({ name, router }) => [
        name,
        new SimulatedEnvironment(router !== null, before[name] ?? null),
      ]),
    );
  }

  /** Makes the work happen. Throws SplitRefused where a router refuses. What only looks changes nothing. `key`: of the effect. */
  apply(work: EffectWork, key: string): void {
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
        return this.#command(work, key);
      case 'ramp':
        return this.flag(work).ramp(work);
      case 'kill-flag':
        return this.flag(work).kill();
      case 'send':
        this.#deliveries.set(key, (this.#deliveries.get(key) ?? 0) + 1);
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
  applyInPart(work: EffectWork, key: string): void {
    if (work.kind === 'roll') this.environment(work.environment).rollInPart(work);
    else if (work.kind === 'restore' && work.rolled !== undefined) this.#giveBack(work);
    else this.apply(work, key);
  }

  /** Whether what the work is to bring about is so. */
  holds(work: EffectWork, key: string): boolean {
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
        return this.#isTraced(work, key);
      case 'ramp':
        return this.flag(work).has(work.audience);
      case 'kill-flag':
        return this.flag(work).isKilled;
      case 'send':
        return this.deliveries(key) > 0;
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
    return this.#found.before[environment] ?? null;
  }

  leftTrace(step: string): boolean {
    return this.#traces.has(step);
  }

  /** How often a message was delivered, by the key of its effect. */
  deliveries(notice: string): number {
    return this.#deliveries.get(notice) ?? 0;
  }

  /** What was rolled away gets the traffic that it can carry before any of it is started. */
  #giveBack({ environment, version, rolled }: RestoreWork): void {
    if (rolled !== undefined) this.environment(environment).giveBack(version, rolled.by);
  }

  #command(work: CommandWork, key: string): void {
    const trace = this.#found.traceOf(work, key);
    if (trace === null) return;
    if (trace.isDone) this.#traces.add(trace.step);
    else this.#traces.delete(trace.step);
  }

  #isTraced(work: CommandWork, key: string): boolean {
    const trace = this.#found.traceOf(work, key);
    return trace === null || this.#traces.has(trace.step) === trace.isDone;
  }
}
