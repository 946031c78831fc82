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
};

/** Secrets are read anew each time, a restore included: only their names were kept. */
async function begin(
  client: SupervisorClient,
  order: { readonly version: string; readonly spec: VersionSpec },
  context: ProviderContext<Needs>,
): ReturnType<typeof processTarget.start> {
  context.signal.throwIfAborted();
  const secrets = await readSettings(secretsOf(order.spec), context.secret);
  context.log(`Starting ${order.version}: ${order.spec.instances} of ${order.spec.command[0]}`);
  const state = await client.start({ ...order, secrets }, context.signal);
  context.log(`${order.version} is ready on ${state.instances.map(({ address }) => address).join(', ')}`);
  return state;
}
