import { processTarget } from '../index.ts';

/** A process that starts a version through the target, says so, and stays until it is killed. */
const { directory, dataDirectory, environment, version, config } = JSON.parse(process.argv[2] ?? '{}');

await processTarget.start(processTarget.schema.parse(config), environment, version, {
  directory,
  dataDirectory,
  secret: async (ref) => ('env' in ref ? (process.env[ref.env] ?? '') : ''),
  signal: new AbortController().signal,
  effect: 'effect-1',
  attempt: 1,
  now: Date.now,
  log: () => undefined,
});
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
