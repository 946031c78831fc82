import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY, type Scratch } from './scratch.ts';

export interface DemoServer {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

const PREFERRED = '127.0.0.1:7070';

/** The real server as a process of its own, its log in a file. Any free port where the usual one is taken. */
export async function startDemoServer(scratch: Scratch): Promise<DemoServer> {
  return (await tryStart(scratch, PREFERRED)) ?? (await tryStart(scratch, '127.0.0.1:0')) ?? fail(scratch);
}

function fail(scratch: Scratch): never {
  throw new Error(`the server did not start; its log: ${join(scratch.directory, 'server.log')}`);
}

async function tryStart(scratch: Scratch, listen: string): Promise<DemoServer | null> {
  const main = join(REPOSITORY, 'packages/server/src/main.ts');
  const argv = [main, '--listen', listen, '--data', scratch.data, '--workspace', scratch.shop];
  const child = spawn(process.execPath, argv, { cwd: scratch.shop, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stderr.pipe(createWriteStream(join(scratch.directory, 'server.log'), { flags: 'a' }));
  const line = await firstLine(child);
  if (line === null) return null;
  const { url } = JSON.parse(line) as { readonly url: string };
  const token = (await readFile(join(scratch.data, 'token'), 'utf8')).trim();
  return { url, token, stop: () => stop(child) };
}

/** null: it ended without a word. */
function firstLine(child: ChildProcess): Promise<string | null> {
  const { stdout } = child;
  if (stdout === null) return Promise.resolve(null);
  return new Promise((done) => {
    child.once('exit', () => done(null));
    createInterface({ input: stdout }).once('line', done);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
