import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, ONE_OF_EACH, PERSON, START, stepStarted, steps } from '../testing/drafts.ts';
import { sealEvents, verifyChain } from './chain.ts';
import { GENESIS, type WrittenEvent } from './links.ts';

const LAUNCH = 'shop-1';
const drafts = Object.values(ONE_OF_EACH).map((event) => ({ actor: PERSON, event }));
const log = sealEvents(LAUNCH, START, drafts, NOW);
const place = fc.nat({ max: log.length - 1 });

const replaced = (events: readonly WrittenEvent[], index: number, own: Partial<WrittenEvent>) =>
  events.map((event, at) => (at === index ? { ...event, ...own } : event));

const firstBad = (events: readonly WrittenEvent[], launch = LAUNCH) => {
  const check = verifyChain(launch, events);
  return check.ok ? null : check.seq;
};

describe('sealing', () => {
  it('binds each event to the one before, from the genesis on', () => {
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map((event) => event.previous)).toEqual([GENESIS, ...log.slice(0, -1).map((event) => event.hash)]);
  });

  it('hashes what the documentation says, so that anybody can do it again', () => {
    const [event] = steps(LAUNCH, 1);
    const text = `{"actor":{"kind":"slipway"},"at":${NOW},"event":{"step":"step-1","type":"step-started"},"launch":"shop-1","previous":"${GENESIS}","seq":1}`;
    expect(event?.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('takes any hash for a launch that has no event yet', () => {
    expect(sealEvents(LAUNCH, { seq: 0, hash: '' }, drafts, NOW)).toEqual(log);
  });

  it('gives the same chain in one piece and in many', () => {
    fc.assert(
      fc.property(place, (cut) => {
        const front = sealEvents(LAUNCH, START, drafts.slice(0, cut), NOW);
        const back = sealEvents(LAUNCH, front.at(-1) ?? START, drafts.slice(cut), NOW);
        expect([...front, ...back]).toEqual(log);
      }),
    );
  });

  it('seals nothing into nothing', () => {
    expect(sealEvents(LAUNCH, START, [], NOW)).toEqual([]);
  });
});

describe('verifying', () => {
  it('passes a whole log, its beginning, and none', () => {
    const last = log[log.length - 1];
    expect(verifyChain(LAUNCH, log)).toEqual({ ok: true, head: { seq: log.length, hash: last?.hash } });
    expect(verifyChain(LAUNCH, [])).toEqual({ ok: true, head: START });
    for (const [index] of log.entries()) expect(verifyChain(LAUNCH, log.slice(0, index)).ok).toBe(true);
  });

  it('passes a log that went through JSON', () => {
    expect(verifyChain(LAUNCH, JSON.parse(JSON.stringify(log)) as typeof log).ok).toBe(true);
  });

  it('finds any changed character and names the first bad event', () => {
    const lines = log.map((event) => JSON.stringify(event));
    const change = fc.record({ index: place, position: fc.nat(), character: fc.constantFrom('0', '1', 'x', ' ', '}') });
    fc.assert(
      fc.property(change, ({ index, position, character }) => {
        const line = lines[index] ?? '';
        const at = position % line.length;
        const changed = parsed(line.slice(0, at) + character + line.slice(at + 1));
        // Not JSON any more, or the same in another spelling: nothing for the chain to find.
        fc.pre(changed !== null && JSON.stringify(changed) !== line);
        expect(firstBad(log.map((event, place) => (place === index ? (changed ?? event) : event)))).toBe(index + 1);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['launch', { at: NOW }, 'shop-2', 1],
    ['time', { at: NOW + 1 }, LAUNCH, 5],
    ['actor', { actor: { kind: 'person', id: 'tl@example.com' } }, LAUNCH, 5],
    ['event', { event: ONE_OF_EACH.resumed }, LAUNCH, 5],
    ['event, by a key more', { event: { ...log[4]?.event, more: 1 } }, LAUNCH, 5],
    ['place', { seq: 6 }, LAUNCH, 5],
    ['event, to what JSON cannot hold', { event: { note: Infinity } }, LAUNCH, 5],
    ['place, to nonsense', { seq: Number.NaN }, LAUNCH, 5],
    ['hash', { hash: GENESIS }, LAUNCH, 5],
    ['previous hash', { previous: GENESIS }, LAUNCH, 5],
  ])('finds another %s', (_title, own, launch, seq) => {
    expect(firstBad(replaced(log, 4, own), launch)).toBe(seq);
  });

  it('finds an event whose own hash was made anew, at the event behind it', () => {
    const [fourth, ...rest] = [log[3] ?? START, stepStarted('forged')];
    const [forged] = sealEvents(LAUNCH, fourth, rest, NOW);
    expect(firstBad(replaced(log, 4, forged ?? {}))).toBe(6);
  });

  it('finds what is missing, at the place where it is missing', () => {
    fc.assert(
      fc.property(fc.nat({ max: log.length - 2 }), fc.integer({ min: 1, max: 5 }), (index, count) => {
        const cut = [...log.slice(0, index), ...log.slice(index + count)];
        fc.pre(cut.length > index);
        expect(verifyChain(LAUNCH, cut)).toMatchObject({
          ok: false,
          seq: index + 1,
          problem: `Event ${index + 1} of shop-1 is missing or out of order: event ${index + 1 + count} stands in its place.`,
        });
      }),
    );
  });

  it('finds two events that changed places, even when they are renumbered', () => {
    fc.assert(
      fc.property(place, place, fc.boolean(), (one, two, renumber) => {
        fc.pre(one < two);
        const swapped = replaced(replaced(log, one, log[two] ?? {}), two, log[one] ?? {});
        const numbered = swapped.map((event, index) => (renumber ? { ...event, seq: index + 1 } : event));
        expect(firstBad(numbered)).toBe(one + 1);
      }),
    );
  });

  it('finds an event twice, and one of another launch', () => {
    expect(firstBad([...log.slice(0, 3), ...log.slice(2)])).toBe(4);
    const other = sealEvents('shop-2', START, drafts, NOW);
    expect(firstBad(replaced(log, 0, other[0] ?? {}))).toBe(1);
  });

  it('says what is wrong in one line, and where the good part ends', () => {
    const check = verifyChain(LAUNCH, replaced(log, 4, { at: 0 }));
    expect(check).toEqual({
      ok: false,
      head: { seq: 4, hash: log[3]?.hash },
      seq: 5,
      problem: 'Event 5 of shop-1 is not as it was written: its hash does not fit.',
    });
  });
});

function parsed(line: string): WrittenEvent | null {
  try {
    return JSON.parse(line) as WrittenEvent;
  } catch {
    return null;
  }
}
