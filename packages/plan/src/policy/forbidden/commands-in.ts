import type { PlanJson } from '../../model/provider-use.ts';
import type { Ordered } from './forbidden-command.ts';

/** Keys under which the configuration of a provider has a program and its arguments. */
const KEYS = ['argv', 'run'] as const;

/** The commands in a provider's configuration, however deep: a check that runs a program may do whatever a step may. */
export function commandsIn(config: PlanJson): readonly Ordered[] {
  if (typeof config !== 'object' || config === null) return [];
  if (isList(config)) return config.flatMap(commandsIn);
  const own = KEYS.flatMap((key): readonly Ordered[] => {
    const argv = Object.hasOwn(config, key) ? config[key] : undefined;
    return argv !== undefined && isArgv(argv) ? [{ argv, env: textsIn(config['env']) }] : [];
  });
  return [...own, ...Object.values(config).flatMap(commandsIn)];
}

const isList = (value: PlanJson): value is readonly PlanJson[] => Array.isArray(value);

const isArgv = (value: PlanJson): value is readonly string[] =>
  isList(value) && value.length > 0 && value.every((word) => typeof word === 'string');

/** What is no text names a secret. */
function textsIn(env: PlanJson | undefined): Readonly<Record<string, string>> {
  if (typeof env !== 'object' || env === null || isList(env)) return {};
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
