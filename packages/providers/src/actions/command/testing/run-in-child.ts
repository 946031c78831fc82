import { createCommandRunner } from '@slipway/provider-kit';
import { commandAction } from '../index.ts';

/** A process that runs the action, as a server does, until it is killed. */
const { config, directory, effect } = JSON.parse(process.argv[2] ?? '{}');

await commandAction.run(commandAction.schema.parse(config), {
  commands: createCommandRunner(),
  directory,
  secret: async () => '',
  signal: new AbortController().signal,
  effect,
  attempt: 1,
  now: Date.now,
  log: () => undefined,
});
