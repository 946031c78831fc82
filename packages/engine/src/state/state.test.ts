import { describe, expect, test } from 'vitest';
import { exported, filled, from, openEngine, settle } from '../testing/state-world.ts';
import { killings } from '../testing/flag-samples.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { importState } from './import-state.ts';
import { launchesUnderWay, markMoved, movedAt } from './moved.ts';

describe('a state', () => {
  test('is the same after it was exported and imported, and goes on', async () => {
    await using world = await filled();
    const lines = await exported(world.database);
    await using other = await createMemoryWorld();
    await other.tokens.add({ id: 'local', person: 'bob', role: 'admin', createdAt: 1 }, 'another');
    const events = lines.filter((line) => line.startsWith('{"event"')).length;
    expect(await importState(other.database, from(lines))).toEqual({ launches: 2, events, tokens: 1, flagSets: 1 });
    expect(await exported(other.database)).toEqual(lines);
    const engine = await openEngine(other, true);
    await settle(other);
    expect((await engine.find('shop-2'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect((await engine.find('shop-2'))?.effects['migrate:0.0']).toMatchObject({ is: 'settled', attempt: 1 });
  });

  test('of long logs is read in pages', async () => {
    await using world = await filled(600);
    const lines = await exported(world.database);
    await using other = await createMemoryWorld();
    expect((await importState(other.database, from(lines))).events).toBeGreaterThan(1_000);
  });

  test('of an empty database is a state, too', async () => {
    await using world = await createMemoryWorld();
    await using other = await createMemoryWorld();
    expect(await importState(other.database, from(await exported(world.database)))).toMatchObject({ launches: 0 });
  });

  test('is not imported over flags', async () => {
    await using world = await filled();
    const lines = await exported(world.database);
    await using other = await createMemoryWorld();
    await other.flagStore.append({ set: 'shop.test', expected: 0, events: killings('shop.test', 1) });
    await expect(importState(other.database, from(lines))).rejects.toThrow(/flag sets already/);
  });

  test('is not imported over another one', async () => {
    await using world = await filled();
    const lines = await exported(world.database);
    await expect(importState(world.database, from(lines))).rejects.toThrow(/launches already/);
  });
});

type Damage = (lines: readonly string[]) => readonly string[];
const eventAt = (lines: readonly string[]) => lines.findIndex((line) => line.startsWith('{"event"'));
const damages: [name: string, damage: Damage, says: RegExp][] = [
  ['cut off', (lines) => lines.slice(0, -1), /cut off/],
  ['cut in the middle', (lines) => lines.slice(0, 4), /cut off/],
  ['of nothing', () => [], /cut off/],
  ['with something behind its end', (lines) => [...lines, lines[1] ?? ''], /behind the end/],
  ['without its beginning', (lines) => lines.slice(1), /line 1 is not what/],
  ['of a later format', (lines) => ['{"slipway":{"format":9,"exportedAt":1}}', ...lines.slice(1)], /line 1 is none/],
  ['with a line of something else', (lines) => lines.with(1, '{"user":{}}'), /line 2 is none/],
  ['with a line that is no JSON', (lines) => lines.with(1, 'token'), /line 2 is not JSON/],
  [
    'with a changed token',
    (lines) => lines.map((line) => line.replace('"admin"', '"owner"')),
    /not as it was exported/,
  ],
  ['without one event', (lines) => lines.toSpliced(eventAt(lines) + 1, 1), /Event 2 of shop-1/],
  [
    'without the newest event',
    (lines) => lines.toSpliced(lines.findIndex((line) => line.includes('"launch":{"id":"shop-2"')) - 1, 1),
    /ends with event/,
  ],
  [
    'with a changed event',
    (lines) => lines.map((line) => line.replace('\\"kind\\":\\"person\\"', '\\"kind\\":\\"slipway\\"')),
    /not as it was written/,
  ],
  [
    'with a changed event of a flag set',
    (lines) => lines.map((line) => line.replace('\\"reason\\":\\"errors\\"', '\\"reason\\":\\"lunch\\"')),
    /flag set shop.production is not as it was written/,
  ],
  [
    'without the newest event of a flag set',
    (lines) => lines.filter((line) => !line.includes('"flag_event":{"set_name":"shop.production","seq":3')),
    /flag set shop.production ends with event 2/,
  ],
  [
    'with an event of another flag set',
    (lines) => lines.map((line) => line.replace('"flag_set":{"name":"shop.production"', '"flag_set":{"name":"x.y"')),
    /of flag set shop.production, which is not told of here/,
  ],
  ['with an event of nobody', (lines) => lines.toSpliced(1, 0, lines[eventAt(lines)] ?? ''), /not told of here/],
];

test.each(damages)('a state %s is refused, and nothing of it is written', async (_, damage, says) => {
  await using world = await filled();
  const lines = damage(await exported(world.database));
  await using other = await createMemoryWorld();
  const before = await exported(other.database);
  await expect(importState(other.database, from(lines))).rejects.toThrow(says);
  expect(await exported(other.database)).toEqual(before);
});

test('a state that changes while it is read is refused, and nothing of it is written', async () => {
  await using world = await filled();
  const lines = await exported(world.database);
  await using other = await createMemoryWorld();
  const before = await exported(other.database);
  const changed = lines.map((text) => text.replace('"admin"', '"owner"'));
  const readings = [lines, changed];
  await expect(importState(other.database, () => from(readings.shift() ?? [])())).rejects.toThrow(
    /not as it was exported/,
  );
  expect(await exported(other.database)).toEqual(before);
});

test('a database that was moved says when, and who was under way', async () => {
  await using world = await filled();
  expect([await movedAt(world.database), await launchesUnderWay(world.database)]).toEqual([null, ['shop-2']]);
  await markMoved(world.database, 9);
  await markMoved(world.database, 10);
  expect(await movedAt(world.database)).toBe(10);
});
