import { describe, expect, it } from 'vitest';
import { ONE_OF_EACH } from '../testing/drafts.ts';
import { createEventFormat, EVENT_FORMAT, type Upcast } from './event-format.ts';
import { StorageError } from './storage-error.ts';

/** A later Slipway: skipping has had three formats, and `parked` has become `held`. */
const NEWEST = { 'step-skipped': 3, held: 1 };
const UPCASTS: Readonly<Record<string, Upcast>> = {
  'step-skipped@1': ({ why, ...rest }) => ({ ...rest, reason: why, v: 2 }),
  'step-skipped@2': (written) => ({ ...written, reason: `${String(written['reason'])}!`, v: 3 }),
  'parked@1': ({ reason }) => ({ type: 'held', cause: { kind: 'person', reason } }),
  'circle@1': (written) => ({ ...written, v: 2 }),
  'circle@2': (written) => ({ ...written, v: 1 }),
};
const later = createEventFormat(NEWEST, UPCASTS);
const skipped = { type: 'step-skipped', step: 'smoke', reason: 'by hand!' } as const;

describe('event format', () => {
  it.each(Object.values(ONE_OF_EACH))('writes $type as it is, and reads it', (event) => {
    expect(EVENT_FORMAT.write(event)).toEqual(event);
    expect(EVENT_FORMAT.read(EVENT_FORMAT.write(event))).toEqual(event);
  });

  it('writes the format of an event that has had others', () => {
    expect(later.write(skipped)).toEqual({ ...skipped, v: 3 });
    expect(later.read(later.write(skipped))).toEqual(skipped);
  });

  it.each([
    ['the first format', { type: 'step-skipped', step: 'smoke', why: 'by hand' }, skipped],
    ['the second format', { type: 'step-skipped', step: 'smoke', reason: 'by hand', v: 2 }, skipped],
    [
      'a type of old',
      { type: 'parked', reason: 'lunch' },
      { type: 'held', cause: { kind: 'person', reason: 'lunch' } },
    ],
  ])('lifts %s to the newest', (_title, written, event) => {
    expect(later.read(written)).toEqual(event);
  });

  it.each([
    ['an unknown type', { type: 'beamed' }, '"beamed" of format 1'],
    ['a name that every object has', { type: 'constructor' }, '"constructor"'],
    ['a format to come', { type: 'step-skipped', v: 4 }, '"step-skipped" of format 4'],
    ['a format that is none', { type: 'step-skipped', v: 'x' }, 'format NaN'],
    ['upcasts in a circle', { type: 'circle' }, '"circle"'],
    ['no type', {}, 'without a type'],
    ['no object', 'resumed', 'without a type'],
    ['null', null, 'without a type'],
  ])('refuses %s in one line that says what to do', (_title, written, words) => {
    const read = () => later.read(written);
    expect(read).toThrow(StorageError);
    expect(read).toThrow(words);
    expect(read).toThrow(/^[^\n]*: run the version that wrote it, or a newer one\.$/);
  });
});
