import { resolveServerMain } from './connection/server-main.ts';
import { type Context, TIMING } from './context.ts';
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

process.exitCode = await run(process.argv.slice(2), context);

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
