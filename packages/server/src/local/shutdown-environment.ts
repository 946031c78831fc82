import { providerDirectory } from '@slipway/engine';
import { builtinRouter, processTarget, shutdownEnvironment, shutdownRouter } from '@slipway/providers';

/** Stops what this machine runs of an environment: the router first, so that nobody is sent to instances that are going. */
export async function shutdownLocalEnvironment(dataDirectory: string, environment: string): Promise<void> {
  await shutdownRouter(providerDirectory(dataDirectory, builtinRouter), environment);
  await shutdownEnvironment(providerDirectory(dataDirectory, processTarget), environment);
}
