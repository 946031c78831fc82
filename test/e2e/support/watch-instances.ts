import { setTimeout as pass } from 'node:timers/promises';
import { join } from 'node:path';
import { providerDirectory } from '@slipway/engine';
import { contextFor, createTestContext } from '@slipway/provider-kit/testing';
import { processTarget } from '@slipway/providers';

/** What ran in an environment at one moment: instances of all versions, and those of them that were ready. */
export interface Sample {
  readonly ids: readonly string[];
  readonly ready: number;
}

/** Looks again and again at what runs, for the last time after the signal; asks the target beside the server, as that may be dead. */
export async function watchInstances(folder: string, place: string, signal: AbortSignal): Promise<readonly Sample[]> {
  const dataDirectory = providerDirectory(join(folder, '.slipway'), processTarget);
  const context = contextFor(processTarget.needs, createTestContext({ directory: folder, dataDirectory }));
  const config = processTarget.schema.parse({ command: ['none'] });
  const samples: Sample[] = [];
  for (;;) {
    const last = signal.aborted;
    const { versions } = await processTarget.inspect(config, place, context);
    const instances = versions.flatMap((version) => version.instances);
    samples.push({
      ids: instances.map(({ id }) => id).toSorted(),
      ready: instances.filter(({ ready }) => ready).length,
    });
    if (last) return samples;
    await pass(20);
  }
}

/**
 * Samples before and after which the same ran: what joined or left while each instance was asked whether it is ready would make
 * fewer ready than there ever were.
 */
export function steadySamples(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ ids }, index) => ids.join() === samples[index + 1]?.ids.join());
}
