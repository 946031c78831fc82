import { z } from 'zod';

/** One event as it stands in the log and in a record. */
export const storedEvent = z.strictObject({
  seq: z.number().int().positive().describe('Its number: 1, 2, 3, … without a gap.'),
  at: z.number().int().describe('Milliseconds since the epoch.'),
  actor: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), id: z.string() }),
    z.strictObject({ kind: z.literal('slipway') }),
  ]),
  event: z.looseObject({ type: z.string() }).describe('What happened, by its type; other keys depend on it.'),
  previous: z.string().describe('Hash of the event before; 64 zeros for the first.'),
  hash: z.string().describe('sha256 over the canonical JSON of {launch, seq, at, actor, event, previous}.'),
});
export type StoredEvent = z.infer<typeof storedEvent>;

/** A launch's record as JSON: enough to verify the chain offline and to fold the launch again. */
export const launchRecord = z.strictObject({
  format: z.literal('slipway-record-1'),
  launch: z.string(),
  events: z.array(storedEvent),
});
export type LaunchRecord = z.infer<typeof launchRecord>;

export const verification = z.strictObject({
  ok: z.boolean(),
  launch: z.string(),
  events: z.number().int(),
  head: z.string().describe('Hash of the last event; compare it with one kept elsewhere to find a cut end.'),
  problem: z.string().nullable().describe('What is wrong and where; null: nothing.'),
});
export type Verification = z.infer<typeof verification>;
