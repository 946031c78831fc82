import { movedAt } from '@slipway/engine';
import type { Storage } from './open-storage.ts';

/** A server whose launches go on elsewhere must not take them up: everything would be done twice. Closes what it refuses. */
export async function refuseMoved(storage: Storage): Promise<void> {
  const at = await movedAt(storage.database);
  if (at === null) return;
  await storage.close();
  const when = new Date(at).toISOString();
  throw new Error(`the launches in ${storage.dataDirectory} were moved to another server at ${when}: start that one`);
}
