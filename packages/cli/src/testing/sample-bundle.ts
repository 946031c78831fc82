import { generateKeyPairSync } from 'node:crypto';
import type { LaunchRecord } from '@slipway/contract';
import { sealEnvelope } from '../records/dsse.ts';
import { BUNDLE_FILES, type BundleFile, ENVELOPE_FILE, statementOf } from '../records/statement.ts';

export const PAIR = generateKeyPairSync('ed25519');

const hashOf = (seq: number): string => seq.toString(16).padStart(64, '0');

/** A record whose hashes are no real ones: signature and count do not ask. */
export function recordOf(events: number): LaunchRecord {
  return {
    format: 'slipway-record-1',
    launch: 'shop-1',
    events: Array.from({ length: events }, (_, index) => ({
      seq: index + 1,
      at: 1_000 + index,
      actor: { kind: 'person' as const, id: 'rm@shop.example' },
      event: { type: 'task-done', step: 'macros', proof: `proof ${index}` },
      previous: hashOf(index),
      hash: hashOf(index + 1),
    })),
  };
}

/** A whole bundle, signed with PAIR. */
export function bundleOf(events: number): Map<string, Uint8Array> {
  const files: Record<BundleFile, Uint8Array> = {
    'record.json': Buffer.from(JSON.stringify(recordOf(events))),
    'change-record.json': Buffer.from('{}'),
    'change-record.md': Buffer.from('# Change record\n'),
  };
  const head = { seq: events, hash: hashOf(events) };
  const predicate = { launch: 'shop-1', events, head, signedAt: 5, figures: { git: null } };
  const payload = Buffer.from(JSON.stringify(statementOf(files, predicate)));
  const sealed = Buffer.from(JSON.stringify(sealEnvelope(payload, PAIR.privateKey)));
  return new Map<string, Uint8Array>([
    ...BUNDLE_FILES.map((name) => [name, files[name]] as const),
    [ENVELOPE_FILE, sealed],
  ]);
}
