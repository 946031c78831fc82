import type { App } from './app.ts';

/** Milliseconds in which answers that are under way may end. */
const WITHIN = 5_000;

/**
 * Takes no new connection, lets answers end, and then closes whatever is still connected: one that has never asked for anything counts as
 * busy, and would keep the server from stopping for as long as it likes.
 */
export async function closeApp(app: Pick<App, 'close' | 'server'>, within = WITHIN): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), within);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
