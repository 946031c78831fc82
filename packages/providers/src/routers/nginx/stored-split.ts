import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Split } from '@slipway/provider-kit';
import { z } from 'zod';
import { idOf } from './identifiers.ts';

/** Who nginx may route to, by the version's id. */
const targets = z.record(z.string(), z.strictObject({ version: z.string(), addresses: z.array(z.string()) }));
export type Targets = z.infer<typeof targets>;

/** What Slipway keeps of an environment. */
export const storedSplit = z.strictObject({
  format: z.literal(1),
  /** The last that was accepted, whether or not nginx has it now. */
  split: z.strictObject({
    revision: z.int(),
    backends: z.record(z.string(), z.strictObject({ weight: z.number(), addresses: z.array(z.string()) })),
  }),
  /** Those that nginx was last seen to know. */
  targets,
  /** What the log's lines of requests begin with, at random: a client that gets a line of its own into the log does not know it. */
  mark: z.string().regex(/^slipway-[0-9a-f]{32}$/),
});
export type StoredSplit = z.infer<typeof storedSplit>;

export function nothingStored(): StoredSplit {
  const mark = `slipway-${randomBytes(16).toString('hex')}`;
  return { format: 1, split: { revision: 0, backends: {} }, targets: {}, mark };
}

/** Whom nginx has to know for this split. */
export function wantedBy({ backends }: Pick<Split, 'backends'>): Targets {
  return Object.fromEntries(
    Object.entries(backends)
      .filter(([, { addresses }]) => addresses.length > 0)
      .map(([version, { addresses }]) => [idOf(version), { version, addresses: addresses.toSorted() }]),
  );
}

/** Whether nginx knows them all as they are: then it need not read its configuration again. */
export function knowsAll(known: Targets, wanted: Targets): boolean {
  return Object.entries(wanted).every(([id, target]) => isDeepStrictEqual(known[id], target));
}

/** Those that have traffic now (`live`, ids) or had some in the last split stay known beside the wanted: they are the way back. */
export function joined(wanted: Targets, { split, targets: known }: StoredSplit, live: Iterable<string>): Targets {
  const stay = new Set([...live, ...Object.keys(split.backends).map(idOf)]);
  return { ...Object.fromEntries(Object.entries(known).filter(([id]) => stay.has(id))), ...wanted };
}
