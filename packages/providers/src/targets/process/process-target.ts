import type { Capability, ProviderContext, TargetProvider } from '@slipway/provider-kit';
import { readSettings, TerminalError } from '@slipway/provider-kit';
import type { ProcessConfig } from './schema.ts';
import { processSchema } from './schema.ts';
import { SupervisorClient } from './supervisor-client.ts';
import type { VersionSpec } from './version-spec.ts';
import { secretsOf, specOf } from './version-spec.ts';

const needs = ['dataDirectory', 'directory', 'secret'] as const satisfies readonly Capability[];
type Needs = (typeof needs)[number];

/**
 * Runs the instances of a version as processes of this machine, on loopback ports. A supervisor of its own, one an environment,
 * keeps them running whether the server lives or not.
 */
export const processTarget: TargetProvider<ProcessConfig, Needs> = {
  kind: 'target',
  name: 'process',
  schema: processSchema,
  needs,

  async inspect(_config, environment, context) {
    return await new SupervisorClient(context.dataDirectory, environment).inspect(context.signal);
  },

  async start(config, environment, version, context) {
    const client = new SupervisorClient(context.dataDirectory, environment);
    return await begin(client, { version, spec: specOf(config, context.directory), instances: null }, context);
  },

  async restore(_config, environment, version, context) {
    const client = new SupervisorClient(context.dataDirectory, environment);
    const spec = client.record(version)?.proven ?? null;
    if (spec === null) {
      throw new TerminalError(
        `${version} never ran in ${environment} on this machine: start it, there is nothing to restore`,
      );
    }
    return await begin(client, { version, spec, instances: null }, context);
  },

  async stop(_config, environment, version, context) {
    await new SupervisorClient(context.dataDirectory, environment).stop(version, context.signal);
  },

  scaling: {
    whole: ({ instances }) => instances,

    async scale(config, environment, { version, instances }, context) {
      const client = new SupervisorClient(context.dataDirectory, environment);
      return await begin(client, { version, spec: specOf(config, context.directory), instances }, context);
    },
  },
};

interface Order {
  readonly version: string;
  readonly spec: VersionSpec;
  /** null: the whole of it, and none less than what runs. */
  readonly instances: number | null;
}

/** Secrets are read anew each time, a restore included: only their names were kept. */
async function begin(
  client: SupervisorClient,
  { instances, ...order }: Order,
  context: ProviderContext<Needs>,
): ReturnType<typeof processTarget.start> {
  context.signal.throwIfAborted();
  const { version, spec } = order;
  const secrets = await readSettings(secretsOf(spec), context.secret);
  context.log(`Bringing ${version} to ${instances ?? spec.instances} of ${spec.command[0]}`);
  const full = { ...order, secrets };
  const state =
    instances === null
      ? await client.start(full, context.signal)
      : await client.scale({ ...full, instances }, context.signal);
  context.log(`${version} runs on ${state.instances.map(({ address }) => address).join(', ')}`);
  return state;
}
