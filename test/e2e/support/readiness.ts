import { setTimeout as pass } from 'node:timers/promises';
import type { RealServer } from './real-server.ts';

const PATIENCE = 30_000;

/** Why the server can take no work; null: it can. */
export async function unreadiness(server: RealServer): Promise<string | null> {
  const response = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(10_000) });
  const { message } = (await response.json()) as { readonly message?: string };
  return response.status === 503 ? (message ?? '') : null;
}

/** A refusal that was just given holds for a moment longer. */
export async function untilReady(server: RealServer): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const reason = await unreadiness(server);
    if (reason === null) return;
    if (Date.now() > deadline) throw new Error(`it is not ready: ${reason}`);
    await pass(100);
  }
}
