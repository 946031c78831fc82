import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { CommandRequest } from './command-runner.ts';
import { minimalEnv } from './minimal-env.ts';

export type StartedProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the program as the leader of a process group of its own, or says in one line why it could not be started. */
export async function startProcess(
  request: CommandRequest,
  attach: (child: StartedProcess) => void,
): Promise<StartedProcess | { readonly reason: string }> {
  // A missing directory gives the same ENOENT as a missing program, so it is looked at first.
  const problem = await directoryProblem(request.directory);
  if (problem !== null) return { reason: problem };
  const [program, ...args] = request.argv;
  try {
    const child = spawn(program, args, {
      cwd: request.directory,
      env: { ...minimalEnv(process.env), ...request.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      detached: true,
    });
    attach(child);
    await once(child, 'spawn');
    return child;
  } catch (error) {
    return { reason: startProblem(program, error) };
  }
}

async function directoryProblem(directory: string): Promise<string | null> {
  try {
    return (await stat(directory)).isDirectory() ? null : `${directory} is not a directory`;
  } catch {
    return `the directory ${directory} does not exist or cannot be read`;
  }
}

/** Node's own messages may quote arguments and environment; these do not. */
function startProblem(program: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') return `${program} was not found (or the interpreter its first line names)`;
  if (code === 'EACCES' || code === 'EPERM') return `${program} may not be executed: give it the execute permission`;
  if (code === 'E2BIG') return `${program} has arguments or environment variables that are too long`;
  if (code === 'ERR_INVALID_ARG_VALUE')
    return `${program} has an argument or environment variable with a NUL character`;
  return `${program} could not be started (${code})`;
}
