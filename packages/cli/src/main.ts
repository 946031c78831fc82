import { resolveServerMain } from './connection/server-main.ts';
import { type Context, TIMING } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { codeOf, reasonOf } from './failure.ts';
import { run } from './program.ts';

const context: Context = {
  cwd: process.cwd(),
  env: process.env,
  platform: process.platform,
  now: () => Date.now(),
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  serverMain: resolveServerMain,
  onStop,
  timing: TIMING,
};

for (const stream of [process.stdout, process.stderr]) stream.on('error', endQuietly);
process.exitCode = await run(process.argv.slice(2), context);

/** `slipway status | head`: who closes the pipe has read enough. Any other error of the output is said once. */
function endQuietly(error: Error): void {
  if (codeOf(error) === 'EPIPE') process.exit(EXIT.cutOff);
  process.stderr.off('error', endQuietly).on('error', () => undefined);
  process.stderr.write(`slipway: ${reasonOf(error)}\n`);
  process.exit(EXIT.failure);
}

function onStop(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void {
  const onInterrupt = (): void => listener('SIGINT');
  const onTerminate = (): void => listener('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  };
}
