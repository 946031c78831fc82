import type { VersionSpec } from '../version-spec.ts';

/** In the environment of every process of an instance. */
export const markVariable = 'SLIPWAY_INSTANCE';

/** What Slipway sets in an instance's environment, over anything else. */
export function instanceEnvironment(instance: {
  readonly spec: VersionSpec;
  readonly port: number;
  readonly mark: string;
}): Readonly<Record<string, string>> {
  const { spec, port, mark } = instance;
  return { HOST: '127.0.0.1', [spec.portVariable]: String(port), [markVariable]: mark };
}
