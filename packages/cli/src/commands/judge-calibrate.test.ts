import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../testing/test-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-judge-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const calibrate = async (content: string | Buffer, ...flags: readonly string[]) => {
  writeFileSync(join(folder, 'data'), content);
  return await runCommand(['judge', 'calibrate', 'data', '--runs', '20', ...flags], { cwd: folder });
};

const SHARDS = 20;
const UNITS = 10;
/** Bad units that come one by one, as by chance: a hash of their place. */
const scattered = (shard: number, second: number): number => {
  let hash = Math.imul(second * SHARDS + shard + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % 100 < 15 ? 1 : 0;
};
/** One shard after the other is in trouble, for half a minute each. */
const together = (shard: number, second: number): number => (Math.floor(second / 30) % SHARDS === shard ? 5 : 0);

const HEADER = 'second,shard,units,bad';
type Bad = (shard: number, second: number) => number;
const csv = (bad: Bad, seconds = 700) =>
  [
    HEADER,
    ...Array.from({ length: seconds * SHARDS }, (_, at) => {
      const [second, shard] = [Math.floor(at / SHARDS), at % SHARDS];
      return `${second},pod-${shard},${UNITS},${bad(shard, second)}`;
    }),
    '',
  ].join('\n');
const json = (bad: Bad, seconds = 700) => {
  const rows = (of: Bad) =>
    Array.from({ length: seconds }, (_, second) => Array.from({ length: SHARDS }, (__, shard) => of(shard, second)));
  return JSON.stringify({ units: rows(() => UNITS), bad: rows(bad) });
};

describe('judge calibrate', () => {
  test('trusts a metric whose bad units are independent', async () => {
    const { code, out } = await calibrate(csv(scattered));
    expect(code).toBe(0);
    expect(out).toMatch(
      /^✔ this metric may be trusted · \d+ bad in 700 seconds of 20 shards, 2 of them as the new version\n {2}dispersion: 1\n/,
    );
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'dispersion 1: 0 false alarms in 20 launches, chance at most 13.91 %',
    );
  });

  test('gives the setting that one needs whose bad units come together, and shows why', async () => {
    const { code, out } = await calibrate(csv(together));
    expect(code).toBe(0);
    const setting = /^ {2}dispersion: (\d+(?:\.\d)?)$/m.exec(out)?.[1];
    expect(Number(setting)).toBeGreaterThan(2);
    expect(out).toMatch(/dispersion 1: (?:[5-9]|1\d|20) false alarms in 20 launches/);
    expect(out).toContain(`dispersion ${setting}: 0 false alarms in 20 launches`);
  });

  test('says to compare instances where these have bad moments, and what else to do where shards are none', async () => {
    const { code, out } = await calibrate(csv(together), '--new-shards', '4');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}compare: instances$/m);
    expect(out).not.toMatch(/^ {2}dispersion:/m);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/this holds if these shards are instances, .*; otherwise say dispersion: \d/);
    expect(words).toContain('itself, compare: instances: 0 false alarms in 20 launches');
    const french = await calibrate(csv(together), '--new-shards', '4', '--lang', 'fr');
    expect(french.out).toMatch(/^ {2}compare: instances$/m);
    const mots = french.out.replaceAll(/\s+/g, ' ');
    expect(mots).toContain('cela vaut si ces fragments sont des instances');
    expect(mots).toContain('elle-même, compare: instances : 0 fausse alerte en 20 lancements');
  });

  test('says that nothing else helps than to compare instances', async () => {
    const { code, out } = await calibrate(
      csv((shard) => (shard === 3 ? UNITS : 0)),
      '--new-shards',
      '4',
    );
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('otherwise this metric is NOT to be trusted');
  });

  test('says so where a metric is not to be trusted', async () => {
    const { code, out } = await calibrate(csv((shard) => (shard === 3 ? UNITS : 0)));
    expect(code).toBe(1);
    expect(out).toContain('this metric is NOT to be trusted');
    expect(out).not.toMatch(/^ {2}(dispersion|compare):/m);
    expect(out).toContain('instances were not compared with each other: with so few');
  });

  test('takes JSON, and gives all figures as JSON', async () => {
    const [ofJson, ofCsv] = [await calibrate(json(together), '--json'), await calibrate(csv(together), '--json')];
    expect(JSON.parse(ofJson.out)).toEqual(JSON.parse(ofCsv.out));
    expect(JSON.parse(ofJson.out)).toMatchObject({
      trusted: true,
      setting: 'requests',
      untried: 'too-few',
      shards: 20,
      newShards: 2,
      seconds: 700,
    });
  });

  test('lets as many shards pretend as it is told', async () => {
    const { out } = await calibrate(json(scattered), '--json', '--new-shards', '5');
    expect(JSON.parse(out)).toMatchObject({ newShards: 5 });
  });

  test('speaks French', async () => {
    const { out } = await calibrate(csv(scattered), '--lang', 'fr');
    expect(out).toContain('on peut se fier à cette métrique');
  });

  test.each<[string, string, readonly string[], string]>([
    ['ten minutes are not there', csv(scattered, 599), [], '599 seconds of data are too few, 600 are needed'],
    ['too few shards are left', csv(scattered), ['--new-shards', '11'], '9 shards beside those that pretend to be new'],
    ['nothing was bad', csv(() => 0), [], '0 bad units do not show'],
  ])('trusts nothing where %s', async (_, content, flags, words) => {
    const { code, out } = await calibrate(content, ...flags);
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(words);
    expect(out).not.toContain('may be trusted');
    expect(out).not.toContain('dispersion:');
  });

  test('does not take seconds without a line for data', async () => {
    const sparse = [HEADER, '0,a,10,1', ...Array.from({ length: 12 }, (_, shard) => `3000,s${shard},10,5`)].join('\n');
    const { code, out } = await calibrate(sparse);
    expect(code).toBe(1);
    expect(out).toContain('2 seconds of data are too few');
  });

  const line = (text: string) => `${HEADER}\n${text}\n`;
  test.each<[string, string | Buffer, string]>([
    ['another header', 'second,units,bad\n1,1,1\n', 'data:1: the first line must be second,shard,units,bad'],
    ['nothing', '', 'data:1:'],
    ['no line', `${HEADER}\n`, 'data:2: it holds no data'],
    ['a negative count', line('1,a,-1,0'), 'data:2: units is "-1"'],
    ['no number', line('1,a,5,NaN'), 'data:2: bad is "NaN"'],
    ['more bad than units', line('1,a,5,6'), 'data:2: bad is more than units'],
    ['a shard without a name', line('1,,5,1'), 'data:2: the name of the shard'],
    ['a shard twice', line('1,a,5,1\n1,a,5,1'), 'data:3: second 1 is there twice'],
    ['seconds that go back', line('2,a,5,1\n1,a,5,1'), 'data:3: second 1 comes after 2'],
    ['years', line('2,a,5,1\n90002,a,5,1'), 'data:3: more than 90000 seconds'],
    ['what is not UTF-8', Buffer.from([0x61, 0xff]), 'data is not UTF-8 at byte 1'],
    ['JSON of something else', '{"metrics": {}}', 'data: units'],
    ['JSON of two shapes', '{"units": [[1, 2]], "bad": [[1]]}', 'units and bad are not of one shape'],
    ['JSON with more bad than units', '{"units": [[1, 2]], "bad": [[1, 3]]}', 'bad.0.1: more than the units'],
    ['JSON that is cut', '{"units": [[1', 'data'],
  ])('refuses %s', async (_, content, words) => {
    const { code, out, errors } = await calibrate(content);
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(out).toBe('');
  });

  test.each([
    ['--new-shards', '0'],
    ['--new-shards', 'x'],
    ['--runs', '5'],
    ['--runs', '10000'],
  ])('refuses %s %s', async (flag, value) => {
    const { code, errors } = await calibrate(csv(scattered, 10), flag, value);
    expect(code).toBe(2);
    expect(errors).toContain(flag);
  });
});
