import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from './scratch.ts';

export interface Watching {
  readonly server: { readonly url: string; readonly token: string };
  readonly launch: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** `slipway watch`, the command that everybody uses, on this terminal. Resolves when the launch has ended or is held. */
export async function watch({ server, launch, directory, signal }: Watching): Promise<void> {
  const argv = [join(REPOSITORY, 'packages/cli/bin/slipway.mjs'), 'watch', '--launch', launch];
  const env = { ...process.env, SLIPWAY_SERVER: server.url, SLIPWAY_TOKEN: server.token };
  const child = spawn(process.execPath, argv, { cwd: directory, env, stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  await new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  signal.removeEventListener('abort', stop);
}
