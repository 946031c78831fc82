import { z } from 'zod';

const time = z.int();
const text = z.string().max(16_000_000);

/** Grows when a line of an older state could no longer be read as it stands. */
export const STATE_FORMAT = 1;

/**
 * A server's whole state, one line each, in this order: what it is, tokens, launches each followed by its events, leases, evaluation
 * keys, flag sets each followed by its events, counts of flags, the end. What is not in it (work, screens) follows from the log, or,
 * as which reports of outcomes were counted, is of no use after a while.
 */
export const stateLine = z.union([
  z.strictObject({ slipway: z.strictObject({ format: z.literal(STATE_FORMAT), exportedAt: time }) }),
  z.strictObject({
    token: z.strictObject({ id: text, hash: text, person: text, role: text, created_at: time }),
  }),
  z.strictObject({
    launch: z.strictObject({ id: text, name: text, version: time, active: z.literal([0, 1]), started_at: time }),
  }),
  /** `actor` and `payload` are texts: their very characters are what the hash covers. */
  z.strictObject({
    event: z.strictObject({
      launch: text,
      seq: time,
      type: text,
      at: time,
      actor: text,
      payload: text,
      previous: text,
      hash: text,
    }),
  }),
  z.strictObject({ lease: z.strictObject({ environment: text, launch: text, expires_at: time }) }),
  z.strictObject({
    flag_key: z.strictObject({
      id: text,
      hash: text,
      set_name: text,
      kind: text,
      created_by: text,
      created_at: time,
    }),
  }),
  z.strictObject({ flag_set: z.strictObject({ name: text, version: time }) }),
  z.strictObject({
    flag_event: z.strictObject({
      set_name: text,
      seq: time,
      flag: text.nullable(),
      at: time,
      actor: text,
      payload: text,
      previous: text,
      hash: text,
    }),
  }),
  z.strictObject({
    flag_count: z.strictObject({
      set_name: text,
      flag: text,
      outcome: text,
      variant: text,
      good: time,
      bad: time,
      first_bad_at: time.nullable(),
    }),
  }),
  /** `sha256` of every line before, each with its line break, in hexadecimal: a file that was cut says so. */
  z.strictObject({ end: z.strictObject({ lines: time, sha256: text }) }),
]);
export type StateLine = z.infer<typeof stateLine>;
