import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { withoutRoot } from '../../testing/without-root.ts';
import { StorageError } from '../storage-error.ts';
import { lockDirectory } from './directory-lock.ts';
import { createTemporaryDirectory } from '../../testing/temporary-directory.ts';

const HOLD_LOCK = join(import.meta.dirname, '../../testing/children/hold-lock.ts');

interface Holder extends AsyncDisposable {
  readonly process: ChildProcess;
  /** `locked`, or why not. */
  readonly answer: string;
}

/** Another process that takes the lock, says so, and lives until it is killed. */
async function startHolder(directory: string): Promise<Holder> {
  const child = spawn(process.execPath, [HOLD_LOCK, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { process: child, answer: line, [Symbol.asyncDispose]: async () => await kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const refusal = async (directory: string): Promise<StorageError> => {
  const error: unknown = await lockDirectory(directory).then(
    async (lock) => await lock.release(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return error as StorageError;
};

describe('the lock of a data folder', () => {
  it('makes the folder, and is given back', async () => {
    await using directory = await createTemporaryDirectory();
    const folder = join(directory.path, 'deep', 'data');
    const lock = await lockDirectory(folder);
    expect(await readFile(join(folder, 'slipway.pid'), 'utf8')).toBe(`${process.pid}\n`);
    await lock.release();
    await lock.release();
    expect(await readdir(folder)).toEqual(['slipway.lock']);
    await (await lockDirectory(folder)).release();
  });

  it('refuses a second one of the same process, and another folder is free', async () => {
    await using directory = await createTemporaryDirectory();
    await using lock = await lockDirectory(directory.path);
    const error = await refusal(directory.path);
    expect(error.code).toBe('in-use');
    expect(error.message).toContain(`in use by process ${process.pid}`);
    await using other = await lockDirectory(join(directory.path, 'other'));
    expect([lock, other]).toHaveLength(2);
  });

  it('refuses another process and names the one that has it, until that is killed', async () => {
    await using directory = await createTemporaryDirectory();
    await using holder = await startHolder(directory.path);
    expect(holder.answer).toBe('locked');
    const error = await refusal(directory.path);
    expect(error.code).toBe('in-use');
    expect(error.message).toMatch(
      new RegExp(`^The data folder [^\\n]* is in use by process ${holder.process.pid}: stop that one first, [^\\n]*$`),
    );
    await kill(holder.process);
    await (await lockDirectory(directory.path)).release();
  });

  it('leaves nothing behind when a process ends by itself that never gave it back', async () => {
    await using directory = await createTemporaryDirectory();
    await using holder = await startHolder(directory.path);
    const exit = once(holder.process, 'exit');
    holder.process.stdin?.end();
    await exit;
    expect(await readdir(directory.path)).toEqual(['slipway.lock']);
  });

  it('is held through attempts of others, kept and dropped', async () => {
    await using directory = await createTemporaryDirectory();
    await using lock = await lockDirectory(directory.path);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await using other = await startHolder(directory.path);
      expect(other.answer).toContain(`process ${process.pid}`);
      await refusal(directory.path);
    }
    await lock.release();
    await using next = await startHolder(directory.path);
    expect(next.answer).toBe('locked');
  });

  it('goes to one of several that start at the same time', async () => {
    await using directory = await createTemporaryDirectory();
    const holders = await Promise.all(Array.from({ length: 4 }, async () => await startHolder(directory.path)));
    const answers = holders.map((holder) => holder.answer);
    await Promise.all(holders.map(async (holder) => await kill(holder.process)));
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('is in use by'))).toHaveLength(3);
  });

  it.each([
    ['of the dead', '999999999\n'],
    ['that is none', 'nobody\n'],
    ['half written', '12'],
    ['empty', ''],
  ])('names nobody by a number %s', async (_title, content) => {
    await using directory = await createTemporaryDirectory();
    await using lock = await lockDirectory(directory.path);
    await writeFile(join(directory.path, 'slipway.pid'), content);
    expect((await refusal(directory.path)).message).toContain('in use by another process:');
    await lock.release();
  });

  it('is refused in a folder that may not be written', async () => {
    await using directory = await createTemporaryDirectory();
    await chmod(directory.path, 0o555);
    expect((await withoutRoot(async () => await refusal(directory.path))).code).toBe('read-only');
  });

  it('is refused where a file stands in the way', async () => {
    await using directory = await createTemporaryDirectory();
    await writeFile(join(directory.path, 'data'), '');
    expect((await refusal(join(directory.path, 'data'))).code).toBe('cannot-open');
  });
});
