import { RetryableError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import type { Weighed } from './apportion.ts';
import type { Backend } from './backend.ts';
import { commandsFor, inLines, refuseOther } from './commands.ts';
import { maxLineBytes } from './runtime-api.ts';
import { backendOf, emptyServer, servingServer } from './testing/servers.ts';

const want = (entries: Readonly<Record<string, readonly [string, number]>>): ReadonlyMap<string, Weighed> =>
  new Map(Object.entries(entries).map(([name, [address, weight]]) => [name, { version: 'v', address, weight }]));

const a = '127.0.0.1:1001';
const b = '127.0.0.1:1002';

describe('commandsFor', () => {
  it.each<[string, Backend, ReadonlyMap<string, Weighed>, readonly string[]]>([
    ['as it is', backendOf(servingServer('s1', a, 10), emptyServer('s2', {})), want({ s1: [a, 10] }), []],
    [
      'a first one',
      backendOf(emptyServer('s1', {})),
      want({ s1: [a, 10] }),
      ['s1 addr 127.0.0.1 port 1001', 's1 weight 10', 's1 state ready'],
    ],
    [
      'IPv6',
      backendOf(emptyServer('s1', {})),
      want({ s1: ['[::1]:80', 10] }),
      ['s1 addr ::1 port 80', 's1 weight 10', 's1 state ready'],
    ],
    [
      'back again',
      backendOf(emptyServer('s1', { address: a })),
      want({ s1: [a, 10] }),
      ['s1 weight 10', 's1 state ready'],
    ],
    [
      'the raised before the lowered',
      backendOf(servingServer('s1', a, 190), servingServer('s2', b, 10)),
      want({ s1: [a, 100], s2: [b, 100] }),
      ['s2 weight 100', 's1 weight 100'],
    ],
    [
      'the new before the old goes',
      backendOf(servingServer('s1', a, 100), emptyServer('s2', { address: b })),
      want({ s2: [b, 100] }),
      ['s2 weight 100', 's2 state ready', 's1 state maint'],
    ],
    [
      'one that carries traffic elsewhere rests while it moves',
      backendOf(servingServer('s1', a, 100)),
      want({ s1: [b, 100] }),
      ['s1 state maint', 's1 addr 127.0.0.1 port 1002', 's1 weight 100', 's1 state ready'],
    ],
    [
      'one that somebody drained',
      backendOf(emptyServer('s1', { address: a, maintenance: false })),
      want({ s1: [a, 5] }),
      ['s1 state maint', 's1 weight 5', 's1 state ready'],
    ],
    ['nothing routed', backendOf(servingServer('s1', a, 100), emptyServer('s2', {})), want({}), ['s1 state maint']],
  ])('%s', (_what, now, wanted, expected) => {
    const commands = expected.map((command) => `set server app/${command}`);
    expect(commandsFor(now, 'app', wanted)).toEqual(commands);
  });
});

it('keeps each line within what HAProxy reads at once', () => {
  const commands = Array.from({ length: 1_000 }, (_, index) => `set server app/slot${index} weight 1`);
  const lines = inLines(commands);
  expect(lines.flat()).toEqual(commands);
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...lines.map((line) => line.join(';').length))).toBeLessThan(maxLineBytes);
  expect(inLines([])).toEqual([]);
});

describe('refuseOther', () => {
  const wanted = want({ s1: [a, 10] });
  it('is silent where all is as wanted', () => {
    expect(refuseOther(backendOf(servingServer('s1', a, 10), emptyServer('s2', {})), wanted, ['?'])).toBeUndefined();
  });

  it.each<[string, Backend]>([
    ['another weight', backendOf(servingServer('s1', a, 11))],
    ['another address', backendOf(servingServer('s1', b, 10))],
    ['maintenance', backendOf(emptyServer('s1', { address: a, weight: 10 }))],
    ['a server that is gone', backendOf()],
    ['a server that carries traffic besides', backendOf(servingServer('s1', a, 10), servingServer('s2', b, 10))],
  ])('throws for %s, with what HAProxy said', (_what, now) => {
    expect(() => refuseOther(now, wanted, [])).toThrow(RetryableError);
    expect(() => refuseOther(now, wanted, [])).toThrow(/is not as it was set: is somebody else changing it\?$/);
    expect(() => refuseOther(now, wanted, ['No\nway.\n\n'])).toThrow(/not as it was set: HAProxy said "No\?way\."$/);
  });
});
