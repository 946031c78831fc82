import type { KeyObject } from 'node:crypto';
import type { LaunchRecord } from '@slipway/contract';
import type { Messages } from '../messages/messages.ts';
import { envelope, openEnvelope } from './dsse.ts';
import { parseRecord } from './parse-record.ts';
import { BUNDLE_FILES, digestOf, ENVELOPE_FILE, type Statement, statement } from './statement.ts';

/** What a look at a bundle found. */
export interface BundleCheck {
  /** Every one that was found; none: it is as it was signed, but for the chain, which is checked apart. */
  readonly problems: readonly string[];
  /** null: it cannot be read. */
  readonly record: LaunchRecord | null;
}

/** Checks signature, files, count and head of a bundle. `files` holds all there are, by name. Nothing in them is trusted. */
export function checkBundle(
  files: ReadonlyMap<string, Uint8Array>,
  key: KeyObject,
  { reports }: Messages,
): BundleCheck {
  const words = reports.problems;
  const record = parseRecord(textOf(files.get('record.json')));
  const sealed = parsed(files.get(ENVELOPE_FILE), (value) => envelope.parse(value));
  if (sealed === null) return { problems: [words.noEnvelope(ENVELOPE_FILE)], record };
  const payload = openEnvelope(sealed, key);
  if (payload === null) return { problems: [words.badSignature], record };
  const signed = parsed(payload, (value) => statement.parse(value));
  if (signed === null) return { problems: [words.badStatement], record };
  return { problems: [...fileProblems(files, signed, words), ...recordProblems(record, signed, words)], record };
}

type Words = Messages['reports']['problems'];

/** A statement that leaves a file out does not cover the bundle. */
function fileProblems(files: ReadonlyMap<string, Uint8Array>, { subject }: Statement, words: Words): readonly string[] {
  const known = BUNDLE_FILES.flatMap((name) => {
    const bytes = files.get(name);
    const digests = subject.filter((each) => each.name === name).map(({ digest }) => digest.sha256);
    if (bytes === undefined) return [words.missing(name)];
    if (digests.length === 0) return [words.unknownFile(name)];
    const actual = digestOf(bytes);
    return digests.every((digest) => digest === actual) ? [] : [words.changed(name)];
  });
  const expected: ReadonlySet<string> = new Set([...BUNDLE_FILES, ENVELOPE_FILE]);
  const others = [...files.keys()].filter((name) => !expected.has(name));
  return [...known, ...others.map((name) => words.unknownFile(name))];
}

function recordProblems(record: LaunchRecord | null, { predicate }: Statement, words: Words): readonly string[] {
  if (record === null) return [words.unreadable];
  const { launch, events, head } = predicate;
  const last = record.events.at(-1);
  const found = `${last?.seq ?? 0} ${last?.hash ?? ''}`;
  const wanted = `${head.seq} ${head.hash}`;
  return [
    ...(record.launch === launch ? [] : [words.launch(record.launch, launch)]),
    ...(record.events.length === events ? [] : [words.count(record.events.length, events)]),
    ...(found === wanted ? [] : [words.head(found, wanted)]),
  ];
}

function parsed<T>(bytes: Uint8Array | undefined, parse: (value: unknown) => T): T | null {
  try {
    return bytes === undefined ? null : parse(JSON.parse(textOf(bytes)));
  } catch {
    return null;
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
