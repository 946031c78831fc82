import { generateKeyPairSync } from 'node:crypto';
import type { LaunchRecord } from '@slipway/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { en } from '../messages/en.ts';
import { bundleOf, PAIR, recordOf } from '../testing/sample-bundle.ts';
import { checkBundle } from './check-bundle.ts';
import { sealEnvelope } from './dsse.ts';
import { BUNDLE_FILES, ENVELOPE_FILE, statementOf } from './statement.ts';

const EVENTS = 6;
type Files = Map<string, Uint8Array>;

const check = (files: Files) => checkBundle(files, PAIR.publicKey, en).problems;

function withFile(name: string, bytes: Uint8Array | string): Files {
  return new Map([...bundleOf(EVENTS), [name, Buffer.from(bytes)]]);
}

describe('a bundle', () => {
  test('as it was signed has no problem', () => {
    expect(check(bundleOf(EVENTS))).toEqual([]);
  });

  test('signed by somebody else is not believed', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(checkBundle(bundleOf(EVENTS), other, en).problems).toEqual([en.reports.problems.badSignature]);
  });

  test.each([...BUNDLE_FILES, ENVELOPE_FILE])('without %s is not whole', (name) => {
    const files = bundleOf(EVENTS);
    files.delete(name);
    expect(check(files)).not.toEqual([]);
  });

  test('with another file beside it is not what was signed', () => {
    expect(check(withFile('evidence.html', '<p>'))).toEqual([en.reports.problems.unknownFile('evidence.html')]);
  });

  test('whose statement leaves a file out does not cover it', () => {
    const files = bundleOf(EVENTS);
    const all = Object.fromEntries(files) as Record<(typeof BUNDLE_FILES)[number], Uint8Array>;
    const head = { seq: EVENTS, hash: recordOf(EVENTS).events.at(-1)?.hash ?? '' };
    const predicate = { launch: 'shop-1', events: EVENTS, head, signedAt: 1, figures: {} };
    const whole = statementOf(all, predicate);
    const cut = { ...whole, subject: whole.subject.slice(1) };
    const sealed = sealEnvelope(Buffer.from(JSON.stringify(cut)), PAIR.privateKey);
    files.set(ENVELOPE_FILE, Buffer.from(JSON.stringify(sealed)));
    expect(check(files)).toEqual([en.reports.problems.unknownFile('record.json')]);
  });

  test('with any one byte of any file changed, left out or added is found', () => {
    const names = fc.constantFrom(...BUNDLE_FILES, ENVELOPE_FILE);
    const change = fc.record({
      name: names,
      at: fc.nat(),
      byte: fc.integer({ min: 1, max: 255 }),
      how: fc.constantFrom('change', 'leave-out', 'add', 'cut'),
    });
    const whole = bundleOf(EVENTS);
    fc.assert(
      fc.property(change, ({ name, at, byte, how }) => {
        const bytes = Buffer.from(whole.get(name) ?? '');
        const place = at % bytes.length;
        const files = withFile(name, changed(bytes, { place, byte, how }));
        // What is no part of what an envelope says may change: its meaning may not.
        fc.pre(name !== ENVELOPE_FILE || !saysTheSame(files, whole));
        expect(check(files)).not.toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

interface Change {
  readonly place: number;
  readonly byte: number;
  readonly how: 'change' | 'leave-out' | 'add' | 'cut';
}

function changed(bytes: Buffer, { place, byte, how }: Change): Buffer {
  if (how === 'cut') return bytes.subarray(0, place);
  const own = bytes[place] ?? 0;
  const middle = { change: [own ^ byte], 'leave-out': [], add: [byte, own] }[how];
  return Buffer.concat([bytes.subarray(0, place), Buffer.from(middle), bytes.subarray(place + 1)]);
}

function saysTheSame(files: Files, whole: Files): boolean {
  return meaning(files) !== null && meaning(files) === meaning(whole);
}

/** Payload and signature by their bytes; the name of the key is a hint. */
function meaning(files: Files): string | null {
  try {
    const { payload, signatures } = JSON.parse(Buffer.from(files.get(ENVELOPE_FILE) ?? '').toString()) as {
      payload: string;
      signatures: { sig: string }[];
    };
    return [payload, ...signatures.map(({ sig }) => sig)]
      .map((text) => Buffer.from(text, 'base64').toString('hex'))
      .join();
  } catch {
    return null;
  }
}

describe('the events of a bundle', () => {
  const mutations: readonly (readonly [
    string,
    (events: LaunchRecord['events'], at: number) => LaunchRecord['events'],
  ])[] = [
    ['changed', (events, at) => events.map((each, index) => (index === at ? { ...each, at: each.at + 1 } : each))],
    ['missing', (events, at) => events.filter((_, index) => index !== at)],
    ['twice', (events, at) => events.flatMap((each, index) => (index === at ? [each, each] : [each]))],
    ['in another order', (events, at) => [...events.slice(at + 1), ...events.slice(0, at + 1)].toReversed()],
    ['cut off', (events, at) => events.slice(0, at)],
  ];

  test.each(mutations)('%s at any place are found', (_name, mutate) => {
    for (let at = 0; at < EVENTS; at += 1) {
      const record = { ...recordOf(EVENTS), events: mutate(recordOf(EVENTS).events, at) };
      const problems = check(withFile('record.json', JSON.stringify(record)));
      const same = JSON.stringify(record) === JSON.stringify(recordOf(EVENTS));
      expect(problems.length > 0).toBe(!same);
    }
  });

  test('cut off are found by count and head, also by one who could make the files fit', () => {
    const files = bundleOf(EVENTS);
    const record = { ...recordOf(EVENTS), events: recordOf(EVENTS).events.slice(0, 4) };
    const problems = check(new Map([...files, ['record.json', Buffer.from(JSON.stringify(record))]]));
    expect(problems).toContain(en.reports.problems.count(4, EVENTS));
    expect(problems.some((problem) => problem.startsWith('the last event is 4 '))).toBe(true);
  });
});
