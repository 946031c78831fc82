import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandRequest, CommandRunner } from '../../process/command-runner.ts';
import { createTemporaryDirectory } from '../temporary-directory.ts';
import { portOf } from '../test-server.ts';
import { itFindsWhatIsLeft } from './command-runner-settled.ts';

type Argv = CommandRequest['argv'];

const node = (script: string): Argv => [process.execPath, '-e', script];
const shell = (script: string): Argv => ['sh', '-c', script];

/** A program that holds a connection open for as long as it lives, and prints `ready` when it stands. */
const holdConnection = (port: number, prelude = ''): string =>
  `${prelude}; const s = require('node:net').connect(${port}, '127.0.0.1', () => console.log('ready')); s.resume()`;

/** What every command runner keeps to. */
export function describeCommandRunnerConformance(name: string, create: () => CommandRunner): void {
  const run = async (argv: Argv, rest: Partial<Omit<CommandRequest, 'argv'>> = {}) =>
    await create().run({
      argv,
      directory: process.cwd(),
      env: {},
      timeoutMs: 30_000,
      signal: new AbortController().signal,
      ...rest,
    });

  describe(`command runner ${name} conforms`, () => {
    itFindsWhatIsLeft(create);

    it.each([
      ['exit 0', shell('exit 0'), { kind: 'exited', code: 0 }],
      ['exit 3', shell('exit 3'), { kind: 'exited', code: 3 }],
      ['a signal', shell('kill -KILL $$'), { kind: 'killed', signal: 'SIGKILL' }],
    ] as const)('tells how it ended: %s', async (_title, argv, end) => {
      expect((await run(argv)).end).toEqual(end);
    });

    it('keeps standard output and error, and hands over lines as they come', async () => {
      const lines: string[] = [];
      const script = String.raw`printf 'one\ntwo\r\n'; printf 'err\n' >&2; printf last`;
      const result = await run(shell(script), { onLine: (line) => lines.push(line) });
      expect(lines.toSorted()).toEqual(['err', 'last', 'one', 'two']);
      expect(result.output).toContain('one\ntwo');
      expect(result.output).toContain('err\n');
      expect(result.cut).toBe(false);
    });

    it('uses no shell and an empty standard input', async () => {
      expect((await run(['echo', '$(id)', ';', '*'])).output).toBe('$(id) ; *\n');
      expect(await run(['cat'])).toMatchObject({ end: { kind: 'exited', code: 0 }, output: '' });
    });

    it("passes on nothing of the server's environment but a few names", async () => {
      process.env['SLIPWAY_TEST_SECRET'] = 'do-not-pass-on';
      const { output } = await run(['env'], { env: { GIVEN: 'yes' } });
      delete process.env['SLIPWAY_TEST_SECRET'];
      const names = output
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0]);
      expect(names.filter((each) => !['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'GIVEN'].includes(each ?? ''))).toEqual(
        [],
      );
      expect(output).toContain('GIVEN=yes');
    });

    it('names what kept it from starting', async () => {
      await using directory = await createTemporaryDirectory();
      await writeFile(join(directory.path, 'plain.txt'), 'echo no', { mode: 0o644 });
      const reasonOf = async (argv: Argv, where = directory.path) => (await run(argv, { directory: where })).end;
      const notStarted = (reason: RegExp) => ({ kind: 'not-started', reason: expect.stringMatching(reason) });
      expect(await reasonOf(['no-such-program-here'])).toEqual(notStarted(/no-such-program-here was not found/));
      expect(await reasonOf(['./plain.txt'])).toEqual(notStarted(/plain\.txt may not be executed/));
      expect(await reasonOf(['true'], join(directory.path, 'gone'))).toEqual(
        notStarted(/directory .*gone does not exist/),
      );
      expect(await reasonOf(['true'], join(directory.path, 'plain.txt'))).toEqual(notStarted(/is not a directory/));
      expect(await reasonOf(['echo', 'nul\0byte'])).toEqual(notStarted(/NUL/));
    });

    it('starts nothing when it was aborted before', async () => {
      await using directory = await createTemporaryDirectory();
      const { end } = await run(['touch', 'made'], { directory: directory.path, signal: AbortSignal.abort() });
      expect(end).toEqual({ kind: 'aborted' });
      expect(await run(['ls'], { directory: directory.path })).toMatchObject({ output: '' });
    });

    it('ends a command at its time-out', async () => {
      const result = await run(['sleep', '300'], { timeoutMs: 100 });
      expect(result.end).toEqual({ kind: 'timed-out', afterMs: 100 });
      expect(result.milliseconds).toBeGreaterThanOrEqual(99);
    });

    it.each([
      ['that obey', ''],
      ['that ignore SIGTERM', "process.on('SIGTERM', () => {})"],
    ])('on abort ends the children of the command too, those %s', { timeout: 30_000 }, async (_title, prelude) => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const connection = once(server, 'connection');
      const controller = new AbortController();
      const child = `node(${JSON.stringify(holdConnection(portOf(server.address()), prelude))})`;
      const script = `const node = (s) => require('node:child_process').spawn(process.execPath, ['-e', s], { stdio: 'inherit' }); ${child}`;
      const result = run(node(script), { signal: controller.signal, onLine: () => controller.abort() });
      const [socket] = await connection;
      const hungUp = once(socket, 'close');
      // A killed process resets its connection.
      socket.on('error', () => undefined).resume();
      expect((await result).end).toEqual({ kind: 'aborted' });
      await hungUp;
      server.close();
    });

    it('keeps the first and the last of a long output and says what it cut', async () => {
      const result = await run(shell('seq 1 100000'));
      expect(result.cut).toBe(true);
      expect(result.output.length).toBeLessThan(66_000);
      expect(result.output).toMatch(/^1\n2\n3\n/);
      expect(result.output).toMatch(/\n\[… \d+\.\d kB cut …\]\n/);
      expect(result.output).toMatch(/\n99999\n100000\n$/);
    });

    it('cuts a line at 4 kB', async () => {
      const lines: string[] = [];
      await run(node(`console.log('ab '.repeat(50_000)); console.log('next')`), { onLine: (line) => lines.push(line) });
      expect(lines).toHaveLength(2);
      expect(lines[0]?.length).toBeLessThanOrEqual(4096);
      expect(lines[0]).toMatch(/^ab ab .*line cut\]$/);
      expect(lines[1]).toBe('next');
    });

    it('ends the command and rejects when the caller fails on a line', async () => {
      const failing = () => {
        throw new Error('cannot write the log');
      };
      await expect(run(shell('echo line; sleep 300'), { onLine: failing })).rejects.toThrow('cannot write the log');
    });

    it.each([
      ['in lines', `yes ${'x'.repeat(99)} | head -c 209715200`],
      ['without a line break', String.raw`head -c 209715200 /dev/zero | tr '\0' x`],
    ])('keeps its memory small with 200 MB %s', { timeout: 60_000 }, async (_title, script) => {
      const before = process.memoryUsage.rss();
      let peak = before;
      let lines = 0;
      const onLine = (): void => {
        lines += 1;
        if (lines % 5000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
      };
      const result = await run(shell(script), { onLine });
      peak = Math.max(peak, process.memoryUsage.rss());
      expect(result.end).toEqual({ kind: 'exited', code: 0 });
      expect(result.output).toContain('[… 209.6 MB cut …]');
      expect(peak - before).toBeLessThan(80_000_000);
    });
  });
}
