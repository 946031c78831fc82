import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { minimalEnv, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Browser } from 'playwright-core';
import { MarkedProcesses } from './marked-processes.ts';

const LAUNCH_MS = 30_000;
const CLOSE_MS = 5_000;
/** Carried by every process of a browser that is not sandboxed away; by it those are found that left its process group. */
export const MARK = 'SLIPWAY_BROWSER';

export interface PrivateBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/**
 * A browser with a profile, a home and an environment of its own, steered through a pipe that nobody else can reach. Killed when the
 * signal aborts; nothing of it is left once it is disposed of.
 */
export async function launchPrivateBrowser(executable: string, signal: AbortSignal): Promise<PrivateBrowser> {
  signal.throwIfAborted();
  const processes = new MarkedProcesses(MARK, randomUUID());
  const home = await mkdtemp(join(tmpdir(), 'slipway-browser-'));
  const kill = (): void => void processes.end();
  signal.addEventListener('abort', kill, { once: true });
  const clear = async (): Promise<void> => {
    signal.removeEventListener('abort', kill);
    await processes.end();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const env = { ...minimalEnv(process.env), HOME: home, TMPDIR: home, [MARK]: processes.value };
    const browser = await launch(executable, env);
    processes.remember();
    const dispose = async (): Promise<void> => {
      // A browser that hangs does not close either.
      if (!signal.aborted) await closeWithin(browser, CLOSE_MS);
      await clear();
      await browser.close().catch(() => undefined);
    };
    return { browser, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await clear();
    signal.throwIfAborted();
    throw launchProblem(executable, error);
  }
}

async function launch(executable: string, env: Record<string, string>): Promise<Browser> {
  // Loaded when a browser is wanted: it is large, and every command of the program would wait for it.
  const { chromium } = await import('playwright-core');
  return await chromium.launch({
    executablePath: executable,
    env,
    timeout: LAUNCH_MS,
    // Of root's no sandbox can be made: Chromium refuses to start. For anybody else it stays on.
    chromiumSandbox: process.getuid?.() !== 0,
    // The signals of this process are not the browser's to act on: it would end the server.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--disable-quic', '--disable-gpu'],
  });
}

async function closeWithin(browser: Browser, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const expired = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([browser.close().catch(() => undefined), expired]);
  timer.abort();
}

/** The launcher's own message goes on for pages, with arguments and logs. */
function launchProblem(executable: string, error: unknown): Error {
  const text = String(error);
  if (/No usable sandbox|sandboxing failed/i.test(text)) {
    return new TerminalError(
      `${executable} found no sandbox that it may use: allow unprivileged user namespaces on the machine of the server`,
    );
  }
  return new RetryableError(`${executable} could not be started: see whether it runs with --headless --version`);
}
