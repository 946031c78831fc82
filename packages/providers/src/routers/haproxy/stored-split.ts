import { z } from 'zod';
import { noCounters } from './counters.ts';

const count = z.int();
const counters = z.strictObject(
  Object.fromEntries(Object.keys(noCounters).map((column) => [column, count])) as Record<
    keyof typeof noCounters,
    typeof count
  >,
);

/** What Slipway keeps of an environment: HAProxy forgets all that it was told when it starts anew. */
export const storedSplit = z.strictObject({
  format: z.literal(1),
  /** The last that was accepted, whether or not HAProxy has it now. */
  split: z.strictObject({
    revision: z.int(),
    backends: z.record(z.string(), z.strictObject({ weight: z.number(), addresses: z.array(z.string()) })),
  }),
  /** By the server's name: whose it is, also after its traffic went, until another instance needs it. */
  slots: z.record(
    z.string(),
    z.strictObject({
      version: z.string(),
      address: z.string(),
      /** What it had counted before. */
      base: counters,
    }),
  ),
  /** What versions were counted on servers that another instance has since. */
  past: z.record(z.string(), counters),
  /** Which HAProxy the counts are of. */
  boot: z.strictObject({ id: z.string(), pid: z.int(), startedAt: z.number() }),
});

export type StoredSplit = z.infer<typeof storedSplit>;

export const nothingStored: StoredSplit = {
  format: 1,
  split: { revision: 0, backends: {} },
  slots: {},
  past: {},
  boot: { id: '', pid: 0, startedAt: 0 },
};

/** Whose a server is; undefined for one that was never used. */
export function slotOf({ slots }: StoredSplit, server: string): StoredSplit['slots'][string] | undefined {
  return Object.hasOwn(slots, server) ? slots[server] : undefined;
}
