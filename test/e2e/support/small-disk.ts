import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small file system of its own, which a test may fill or break. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Not one block is left. */
  fill(): void;
  /** Gives back what `fill` took. */
  free(): void;
}

const BALLAST = 'ballast';
const BLOCK = Buffer.alloc(4_096, 1);

/** Why no file system can be mounted here; null: it can. */
export const cannotMount: string | null =
  process.platform !== 'linux' ? 'only on Linux' : process.getuid?.() === 0 ? whyNoMount() : 'mounting needs root';

/** Why no ext4 in a file can be mounted here; null: it can. */
export const cannotMountExt4: string | null = cannotMount ?? whyNoExt4();

/** In memory, at a folder that is made where there is none, for this user alone. */
export function mountInMemory(path: string, megabytes: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path);
  const ballast = join(path, BALLAST);
  return {
    path,
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast, { force: true }),
    // Lazily: a daemon may still be letting go of its log.
    [Symbol.dispose]: () => run('umount', '--lazy', path),
  };
}

/** An ext4 in a file, which can lose its disk as a real one does. */
export interface Ext4 extends Disposable {
  readonly path: string;
  /** As the kernel does after an error of the disk: nothing is written any more, not even to files that are open. */
  turnReadOnly(): void;
  /** With nobody on it: checked, and mounted for writing again. */
  repair(): void;
}

/** `image`: the file that holds it, not there yet. */
export function mountExt4(image: string, path: string, megabytes: number): Ext4 {
  mkdirSync(path, { recursive: true });
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_000_000);
  run('mkfs.ext4', '-q', image);
  const mount = (): void => run('mount', '-o', 'loop,errors=remount-ro', image, path);
  mount();
  run('chmod', '700', path);
  return {
    path,
    turnReadOnly: () => run('mount', '-o', 'remount,abort', path),
    repair: () => {
      run('umount', path);
      check(image);
      mount();
    },
    [Symbol.dispose]: () => run('umount', '--lazy', path),
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, BLOCK);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

/** It ends with 1 where it has mended something. */
function check(image: string): void {
  const { status, stderr } = spawnSync('e2fsck', ['-p', image], { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`e2fsck ended with ${status}: ${stderr}`);
}

function run(program: string, ...argv: readonly string[]): void {
  execFileSync(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function whyNoExt4(): string | null {
  try {
    run('mkfs.ext4', '-V');
    run('losetup', '--find');
    return null;
  } catch {
    return 'there is no mkfs.ext4 or no loop device here';
  }
}

/** In a name space of its own: whatever is mounted to find out is gone with it. */
function whyNoMount(): string | null {
  try {
    run('unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt');
    return null;
  } catch {
    return 'mounting is not allowed here';
  }
}
