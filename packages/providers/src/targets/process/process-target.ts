import type { Capability, ProviderContext, ScaleOrder, TargetProvider } from '@slipway/provider-kit';
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
    return await begin(client, { version, spec: specOf(config, context.directory) }, context);
  },

  async restore(_config, environment, version, context) {
    const client = new SupervisorClient(context.dataDirectory, environment);
    const spec = client.record(version)?.proven ?? null;
    if (spec === null) {
      throw new TerminalError(
        `${version} never ran in ${environment} on this machine: start it, there is nothing to restore`,
      );
    }
    return await begin(client, { version, spec }, context);
  },

  async stop(_config, environment, version, context) {
    await new SupervisorClient(context.dataDirectory, environment).stop(version, context.signal);
  },

  scaling: {
    whole: ({ instances }) => instances,

    async revision(_config, environment, context) {
      return new SupervisorClient(context.dataDirectory, environment).revision();
    },

    async scale(config, environment, order, context) {
      const client = new SupervisorClient(context.dataDirectory, environment);
      return await begin(client, { ...order, spec: specOf(config, context.directory) }, context);
    },
  },
};

/** Without a number: the whole of it, and none less than what runs. */
type Order = (ScaleOrder | Pick<ScaleOrder, 'version'>) & { readonly spec: VersionSpec };

/** Secrets are read anew each time, a restore included: only their names were kept. */
async function begin(
  client: SupervisorClient,
  order: Order,
  context: ProviderContext<Needs>,
): ReturnType<typeof processTarget.start> {
  context.signal.throwIfAborted();
  const { version, spec } = order;
  const wanted = 'instances' in order ? order.instances : spec.instances;
  // What ends needs none, and is not kept from ending by one that is missing.
  const secrets = wanted === 0 ? {} : await readSettings(secretsOf(spec), context.secret);
  context.log(`Bringing ${version} to ${wanted} of ${spec.command[0]}`);
  const state =
    'instances' in order
      ? await client.scale({ leaving: [], ...order, secrets }, context.signal)
      : await client.start({ ...order, secrets }, context.signal);
  context.log(
    `${version} runs on ${state.instances.map(({ address }) => address).join(', ') || 'no address any more'}`,
  );
  return state;
}
