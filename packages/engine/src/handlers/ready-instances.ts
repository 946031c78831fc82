import type { InstanceState, TargetState } from '@slipway/provider-kit';

/** The instances of a version; none where it does not run. */
export function instancesOf({ versions }: TargetState, version: string): readonly InstanceState[] {
  return versions.find((candidate) => candidate.version === version)?.instances ?? [];
}

/** Addresses of those that are ready. */
export function readyAddresses(instances: readonly InstanceState[]): readonly string[] {
  return instances.filter(({ ready }) => ready).map(({ address }) => address);
}
