import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { syncFolder } from '../sync-folder.ts';
import { mirrorSchema } from './mirror/accept-mirror.ts';
import type { RouterSettings } from './settings.ts';
import { routerSettings } from './settings.ts';

/** What outlives the router's process. */
export interface StoredState extends Split {
  readonly format: 1;
  /** With the port that was really taken. */
  readonly settings: RouterSettings;
}

const storedState = z.strictObject({
  format: z.literal(1),
  settings: routerSettings,
  /** 0 and empty before the first split. */
  revision: z.int(),
  backends: z.record(z.string(), z.strictObject({ weight: z.number(), addresses: z.array(z.string()) })),
  mirror: mirrorSchema.nullable().exactOptional(),
}) satisfies z.ZodType<StoredState>;

/** Null where there is none. Throws TerminalError for one that cannot be understood: to start empty would drop all traffic. */
export async function readState(path: string): Promise<StoredState | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
  const parsed = storedState.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new TerminalError(
    `${path} does not hold the state of this Slipway's router: restore it, or remove it to start with nothing routed`,
  );
}

/** Resolves when the state is on the disk: a crash, or a power failure, leaves either the old or the new one whole. */
export async function writeState(path: string, state: StoredState): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
