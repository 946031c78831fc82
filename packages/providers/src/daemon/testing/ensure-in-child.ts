import { ensureDaemon } from '../index.ts';

/** A process that starts (or finds) the echo daemon, says its pid, and stays until it is killed. */
const [directory = '', name = ''] = process.argv.slice(2);
const client = await ensureDaemon({
  directory,
  name,
  entry: new URL('./echo-daemon.ts', import.meta.url),
  settings: {},
  startTimeoutMs: 10_000,
});
process.stdout.write(`${client.pid}\n`);
setInterval(() => undefined, 60_000);
