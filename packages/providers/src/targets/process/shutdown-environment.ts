import { SupervisorClient } from './supervisor-client.ts';

/**
 * Stops every version that runs in an environment, and its supervisor; what ran can still be restored. Idempotent.
 * @param dataDirectory the folder that the `process` target was given as its own
 */
export async function shutdownEnvironment(dataDirectory: string, environment: string): Promise<void> {
  await new SupervisorClient(dataDirectory, environment).shutdown(new AbortController().signal);
}
