import { isExecutable } from './is-executable.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser as people have it. Null where there is none. */
export const chromiumBinary: string | null = candidates.find(isExecutable) ?? null;
/** For the name of a suite. */
export const skipped = chromiumBinary === null ? ' (skipped: Chromium is not installed)' : '';

/** A browser of a test's own that asks nobody but the test's servers. Of root's no sandbox can be made. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--disable-dev-shm-usage',
];
