import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a browser: the one that is named, else the machine's. Throws TerminalError that says what to install. */
export async function findBrowser(
  named: string | undefined,
  directory: string,
  candidates: readonly string[] = CANDIDATES,
): Promise<string> {
  if (named !== undefined) {
    const path = resolve(directory, named);
    if (await isProgram(path)) return path;
    throw new TerminalError(`${named} is not a program that may be run: name a Chromium or Chrome in browser`);
  }
  for (const path of candidates) if (await isProgram(path)) return path;
  throw new TerminalError(
    'There is no Chromium on the machine of the server: install one (apt-get install chromium), or name its program in browser',
  );
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
