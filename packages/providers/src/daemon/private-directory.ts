import { chmod, lstat, mkdir } from 'node:fs/promises';
import { TerminalError } from '@slipway/provider-kit';

/** Creates the folder (and its parents) for its user alone, mode 0700. Throws TerminalError where another user owns it. */
export async function privateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  // A symbolic link or a stranger's folder would let somebody else swap the socket under us.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new TerminalError(`${path} is not a folder of this user: remove it or choose another data folder`);
  }
  if ((found.mode & 0o077) !== 0) await chmod(path, 0o700);
}
