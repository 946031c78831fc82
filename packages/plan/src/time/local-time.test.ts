import { expect, test } from 'vitest';
import { instantOf } from './local-time.ts';

test.each([
  ['2026-11-24T10:00', 'Europe/Paris', '2026-11-24T09:00:00.000Z'],
  ['2026-11-24T10:00:30', 'UTC', '2026-11-24T10:00:30.000Z'],
  ['2026-07-01T00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  // The clocks show 02:30 twice: the earlier one, still summer time, is meant.
  ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
])('%s in %s is %s', (local, zone, iso) => {
  expect(instantOf(local, zone)).toEqual({ ok: true, at: Date.parse(iso) });
});

test.each([
  ['2026-03-29T02:30', 'Europe/Paris', 'the clocks in Europe/Paris skip 2026-03-29T02:30'],
  ['2026-02-30T10:00', 'UTC', '"2026-02-30T10:00" is not a date and time'],
  ['2026-11-24T24:00', 'UTC', '"2026-11-24T24:00" is not a date and time'],
  ['2026-11-24', 'UTC', '"2026-11-24" is not a date and time'],
  ['2026-11-24T10:00Z', 'UTC', '"2026-11-24T10:00Z" is not a date and time'],
  ['2026-11-24T10:00', 'Mars/Base', 'there is no time zone "Mars/Base"'],
])('%s in %s is refused', (local, zone, reason) => {
  expect(instantOf(local, zone)).toEqual({ ok: false, reason });
});
