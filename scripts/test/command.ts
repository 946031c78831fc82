import { spawn, type ChildProcess } from 'node:child_process';

export type Finished = { code: number; output: string; seconds: number };

const running = new Set<ChildProcess>();

/** Runs a command of node_modules/.bin from the root of the repository. `live` shows its output while it runs. */
export function runCommand(command: string, args: string[], live: boolean): Promise<Finished> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: new URL('../..', import.meta.url),
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      // npm writes its commands as .cmd files on Windows, which only a shell runs.
      shell: process.platform === 'win32',
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      const output = Buffer.concat(chunks).toString().trim();
      resolve({ code: code ?? 1, output, seconds: (performance.now() - from) / 1000 });
    });
  });
}

/** Ends what still runs, so that a stopped test run leaves nothing behind. */
export function stopCommands(): void {
  for (const child of running) child.kill('SIGTERM');
}
