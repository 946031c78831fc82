import { stat } from 'node:fs/promises';

/** Write bits of the group and of others. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Whoever may write into the data folder owns the server: with a file planted there they read its token. Throws, with what to
 * do, where somebody else owns the folder or may write into it. `uid` is this process's; undefined: the platform has none.
 */
export async function requirePrivateFolder(folder: string, uid: number | undefined): Promise<void> {
  if (uid === undefined) return;
  const { uid: owner, mode } = await stat(folder);
  if (owner !== uid) {
    throw new Error(
      `the data folder ${folder} belongs to another user (uid ${owner}, this is ${uid}): chown it, or name another with --data`,
    );
  }
  if ((mode & WRITABLE_BY_OTHERS) !== 0) {
    throw new Error(
      `the data folder ${folder} can be written by other users: run "chmod 700 ${folder}", or name another with --data`,
    );
  }
}
