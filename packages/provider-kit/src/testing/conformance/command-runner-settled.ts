import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CommandRunner, ProcessMark } from '../../process/command-runner.ts';
import { portOf } from '../test-server.ts';
import { rejectionOf } from './expectations.ts';

const variable = 'SLIPWAY_TEST_EFFECT';

/** Starts node with the script in the variable `script`, and goes on. */
const startChild = (options: string): string =>
  `const child = require('node:child_process').spawn(process.execPath, ['-e', script], ${options}); child.unref()`;

/** How a program that holds a connection comes to run; `script` is that program. */
const ways = [
  ['a command', 'eval(script)'],
  ['what left its group', startChild(`{ detached: true, stdio: 'ignore' }`)],
  ['a command that ignores SIGTERM', `process.on('SIGTERM', () => {}); eval(script)`],
] as const;
const inGroup = [
  'its child with another environment',
  `${startChild(`{ env: {}, stdio: 'ignore' }`)}; setInterval(() => {}, 1e6)`,
] as const;

interface Stage extends AsyncDisposable {
  readonly mark: ProcessMark;
  /** Ends when the process that holds it has ended. */
  readonly connection: Socket;
  readonly hungUp: Promise<unknown>;
}

/** A process that carries a mark, or is in the group of one, and lives until its connection is ended. */
async function setUp(create: () => CommandRunner, way: string): Promise<Stage> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const holding = `require('node:net').connect(${portOf(server.address())}, '127.0.0.1').resume()`;
  const holder = `${holding}.on('close', () => process.exit())`;
  const mark = { variable, value: randomUUID() };
  const stop = new AbortController();
  const ran = create().run({
    argv: [process.execPath, '-e', `const script = ${JSON.stringify(holder)}; ${way}`],
    directory: process.cwd(),
    env: { [variable]: mark.value },
    timeoutMs: 60_000,
    signal: stop.signal,
  });
  const [connection] = await connected;
  const hungUp = once(connection, 'close');
  // A killed process resets its connection.
  connection.on('error', () => undefined).resume();
  const dispose = async (): Promise<void> => {
    connection.destroy();
    stop.abort();
    await ran;
    server.close();
  };
  return { mark, connection, hungUp, [Symbol.asyncDispose]: dispose };
}

/** Whether it is not over soon. A runner that does not wait is over by then. */
const goesOn = async (promise: Promise<unknown>): Promise<boolean> =>
  await Promise.race([promise.then(() => false), sleep(500).then(() => true)]);

/** Whoever restarts after a death finds out with these what its predecessor left. */
export function itFindsWhatIsLeft(create: () => CommandRunner): void {
  const never = new AbortController().signal;

  it('says at once that nothing carries a mark', async () => {
    expect(await create().settled({ variable, value: randomUUID() }, never)).toEqual({ kind: 'settled' });
  });

  it('takes no other mark for the one that is asked, one that begins alike neither', async () => {
    await using stage = await setUp(create, ways[0][1]);
    const part = { variable, value: stage.mark.value.slice(0, -1) };
    expect(await create().settled(part, never)).toEqual({ kind: 'settled' });
  });

  it.each(ways)('waits for %s, and leaves it alone', async (_title, way) => {
    await using stage = await setUp(create, way);
    const settled = create().settled(stage.mark, never);
    expect(await goesOn(settled)).toBe(true);
    expect(stage.connection.closed).toBe(false);
    stage.connection.end();
    await stage.hungUp;
    expect(await settled).toEqual({ kind: 'settled' });
  });

  it.each([...ways, inGroup])('on abort ends %s and rejects', { timeout: 30_000 }, async (_title, way) => {
    await using stage = await setUp(create, way);
    const controller = new AbortController();
    const rejection = rejectionOf(create().settled(stage.mark, controller.signal));
    controller.abort(new Error('called off'));
    expect(await rejection).toMatchObject({ message: 'called off' });
    await stage.hungUp;
    expect(await create().settled(stage.mark, never)).toEqual({ kind: 'settled' });
  });

  it('ends what is left when it was aborted before', async () => {
    await using stage = await setUp(create, ways[0][1]);
    expect(await rejectionOf(create().settled(stage.mark, AbortSignal.abort()))).toMatchObject({ name: 'AbortError' });
    await stage.hungUp;
  });
}
