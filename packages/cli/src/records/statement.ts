import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Names our predicate: no address, as nothing is to be fetched from it. */
export const PREDICATE_TYPE = 'urn:slipway:change-record:v1';

/** Every file of a bundle but the envelope. */
export const BUNDLE_FILES = ['record.json', 'change-record.json', 'change-record.md'] as const;
export type BundleFile = (typeof BUNDLE_FILES)[number];
export const ENVELOPE_FILE = 'statement.dsse.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** An in-toto Statement, version 1, about the files of a bundle (https://in-toto.io/Statement/v1). */
export const statement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.strictObject({ name: z.enum(BUNDLE_FILES), digest: z.strictObject({ sha256 }) })).max(20),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.strictObject({
    launch: z.string(),
    /** How many events there are, and the last of them: a cut end is seen by that. */
    events: z.number().int().min(1),
    head: z.strictObject({ seq: z.number().int().min(1), hash: sha256 }),
    /** Who or what signed, and when, is the signer's word. Milliseconds since the epoch. */
    signedAt: z.number().int(),
    figures: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
  }),
});
export type Statement = z.infer<typeof statement>;

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The statement about files that are whole. */
export function statementOf(
  files: Readonly<Record<BundleFile, Uint8Array>>,
  predicate: Statement['predicate'],
): Statement {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: BUNDLE_FILES.map((name) => ({ name, digest: { sha256: digestOf(files[name]) } })),
    predicateType: PREDICATE_TYPE,
    predicate,
  };
}
