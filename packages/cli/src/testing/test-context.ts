import { PassThrough } from 'node:stream';
import { type Context, TIMING } from '../context.ts';
import { run } from '../program.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs the command in this process, with what it may touch replaced. */
export async function runCommand(argv: readonly string[], changes: Partial<Context> = {}): Promise<Ran> {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const code = await run(argv, testContext({ output, errors, ...changes }));
  return { code, out: textOf(output), errors: textOf(errors) };
}

/** A context without a terminal, without a server and without an environment. */
export function testContext(changes: Partial<Context> = {}): Context {
  return {
    cwd: '/',
    env: { LANG: 'C.UTF-8' },
    platform: 'linux',
    now: () => 0,
    input: new PassThrough(),
    output: new PassThrough(),
    errors: new PassThrough(),
    serverMain: () => {
      throw new Error('no server in this test');
    },
    onStop: () => () => undefined,
    timing: TIMING,
    ...changes,
  };
}

function textOf(stream: PassThrough): string {
  const chunk: unknown = stream.read();
  return Buffer.isBuffer(chunk) ? chunk.toString('utf8') : '';
}
