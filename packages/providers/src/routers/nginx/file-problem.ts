import { stat } from 'node:fs/promises';
import { TerminalError } from '@slipway/provider-kit';

const reasons: Readonly<Record<string, (folder: string) => string>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: notAllowed,
  ENOENT: (folder) => `There is no folder ${folder}: make it, and give it to Slipway's user`,
  ENOTDIR: (folder) => `${folder} is no folder: name one in \`file\``,
  ENOSPC: (folder) => `There is no room left in ${folder}`,
};

/** Runs what writes into the folder. Throws TerminalError that says what to do where Slipway may not write there. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
    throw reason === undefined ? thrown : new TerminalError(reason(folder));
  }
}

function notAllowed(folder: string): string {
  return `Slipway may not write into ${folder}: give that folder to its user (chown), and let nginx's user read it`;
}

/**
 * Throws TerminalError for a folder that everybody may write into: what lies there is part of nginx's configuration, which its master
 * reads with all its rights.
 */
export async function refuseOpenFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found === null || (found.mode & 0o002) === 0) return;
  throw new TerminalError(`Everybody may write into ${folder}, and so into nginx's configuration: chmod o-w ${folder}`);
}
