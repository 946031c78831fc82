import type { Capability } from '../../../context.ts';
import type { ScaleOrder, Scaling, TargetProvider, TargetState, VersionState } from '../../../target.ts';
import type { ConformanceWorld } from '../world.ts';
import { contextIn } from '../world.ts';

/** Configurations as they stand in a plan. Disposing of the world ends everything that was started in it. */
export interface TargetWorld extends ConformanceWorld {
  /** Gets ready, with two instances or more. */
  readonly working: unknown;
  /** Gets ready too, and `ask` tells it from `working`. */
  readonly changed: unknown;
  /** Starts and never gets ready, which the target finds out within seconds. */
  readonly neverReady: unknown;
  /** Starts and does not get ready for minutes. `begun` resolves when something of it runs. */
  readonly endless: { readonly config: unknown; readonly begun: () => Promise<void> };
  /** What an instance answers: equal texts, equal version and configuration. Rejects where nobody answers. */
  ask(address: string): Promise<string>;
  /** How many instances run in all environments, found without the provider. */
  running(): Promise<number>;
  /** Starts `working` in another process, through the provider, and kills that process (SIGKILL) once the version is ready. */
  startAndDie(environment: string, version: string): Promise<void>;
}

/** The provider in one environment of the world. Without a configuration it is given `working`. */
export interface Site {
  inspect(): Promise<TargetState>;
  start(version: string, config?: unknown, signal?: AbortSignal): Promise<VersionState>;
  restore(version: string, config?: unknown): Promise<VersionState>;
  stop(version: string): Promise<void>;
  /** These three reject where the target cannot scale. */
  revision(): Promise<number>;
  order(order: ScaleOrder, config?: unknown, signal?: AbortSignal): Promise<VersionState>;
  /** Orders a number as somebody does who has just looked. */
  scale(version: string, instances: number, config?: unknown, signal?: AbortSignal): Promise<VersionState>;
}

export interface Stage {
  readonly world: TargetWorld;
  readonly production: Site;
  readonly staging: Site;
  /** How many instances `working` has when it is whole; 0 where the target cannot scale. */
  readonly whole: number;
  /** What the instances of a version answer. */
  readonly answers: (state: VersionState) => Promise<readonly string[]>;
}

export type WithStage = (play: (stage: Stage) => Promise<void>) => Promise<void>;

export function stageOf<Config, Needs extends Capability>(
  provider: TargetProvider<Config, Needs>,
  setUp: () => Promise<TargetWorld>,
): WithStage {
  const siteOf = (world: TargetWorld, environment: string): Site => {
    const parse = (config: unknown = world.working) => provider.schema.parse(config);
    const context = (signal?: AbortSignal) => contextIn(world, provider.needs, signal);
    const scaling = (): Scaling<Config, Needs> => {
      if (provider.scaling === undefined) throw new Error(`${provider.name} cannot scale`);
      return provider.scaling;
    };
    const revision: Site['revision'] = async () => await scaling().revision(parse(), environment, context());
    const order: Site['order'] = async (given, config, signal) =>
      await scaling().scale(parse(config), environment, given, context(signal));
    return {
      inspect: () => provider.inspect(parse(), environment, context()),
      start: (version, config, signal) => provider.start(parse(config), environment, version, context(signal)),
      restore: (version, config) => provider.restore(parse(config), environment, version, context()),
      stop: (version) => provider.stop(parse(), environment, version, context()),
      revision,
      order,
      scale: async (version, instances, config, signal) =>
        await order({ version, instances, revision: (await revision()) + 1 }, config, signal),
    };
  };
  return async (play) => {
    await using world = await setUp();
    await play({
      world,
      production: siteOf(world, 'production'),
      staging: siteOf(world, 'staging'),
      whole: provider.scaling?.whole(provider.schema.parse(world.working)) ?? 0,
      answers: ({ instances }) => Promise.all(instances.map(({ address }) => world.ask(address))),
    });
  };
}

/** The addresses of a version, in order. */
export const addressesOf = ({ instances }: VersionState): readonly string[] =>
  instances.map(({ address }) => address).toSorted();

/** A state in an order of its own, so that two can be compared. */
export const sorted = ({ versions }: TargetState): TargetState => ({
  versions: versions
    .map(({ version, instances }) => ({ version, instances: instances.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }))
    .toSorted((a, b) => (a.version < b.version ? -1 : 1)),
});
