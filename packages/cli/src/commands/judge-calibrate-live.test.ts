import type { ShardsAnswer, ShardsRequest } from '@slipway/contract';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening, refuse } from '../testing/launch-server.ts';
import { runCommand } from '../testing/test-context.ts';

const SHARDS = 12;
const UNITS = 10;

let folder: string;
let api: Listening;
let asked: ShardsRequest[];
let refusal: (() => boolean) | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-live-'));
  writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
  asked = [];
  refusal = null;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/api/v1/server')
      return answer(response, 200, { name: 'slipway', version: '1', workspace: folder, person: 'ada', role: 'admin' });
    const body = JSON.parse(await text(request)) as ShardsRequest;
    asked.push(body);
    if (refusal?.() === true) return refuse(response, 422, 'wrong-input');
    answer(response, 200, past(body));
  };
  api = await listen((request, response) => void serve(request, response));
});

afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A source of the past in which every instance fails alike, now and then. */
function past({ span }: ShardsRequest): ShardsAnswer {
  const seconds =
    span === null ? [] : Array.from({ length: (span.to - span.from) / 1000 }, (_, at) => span.from / 1000 + at);
  const shards = (second: number) =>
    Array.from({ length: SHARDS }, (_, shard) => ({
      name: `10.0.0.${shard}:80`,
      total: second * UNITS,
      bad: Math.floor((second * 7 + shard * 13) / 60),
    }));
  const readings = seconds.map((second) => ({ boot: 'one', at: second * 1000, shards: shards(second) }));
  return { version: '1.0.0', source: 'past', now: 5_000_000, readings };
}

const calibrate = (...flags: readonly string[]) =>
  runCommand(['judge', 'calibrate', '--runs', '10', ...flags], {
    cwd: folder,
    env: { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' },
  });
const LIVE = ['--environment', 'production', '--metric', 'errors'];

describe('judge calibrate of what runs', () => {
  test('calibrates on what the source has kept, and keeps it in a table that says the same', async () => {
    const { code, out, errors } = await calibrate(...LIVE, '--for', '11m', '--save', 'shards.csv');
    expect(code).toBe(0);
    expect(out).toContain('✔ this metric may be trusted');
    expect(out).toContain('in 659 seconds of 12 shards, 1 of them as the new version');
    expect(errors).toMatch(/10:59 of 11:00 · 12 shards · 79,080 units · \d+ bad \(1\.17 %\)/);
    expect(asked).toHaveLength(12);
    expect(asked[0]).toMatchObject({ environment: 'production', metric: 'errors', directory: '.', span: null });
    const again = await calibrate('shards.csv');
    expect([again.code, again.out]).toEqual([0, out]);
    expect(readFileSync(join(folder, 'shards.csv'), 'utf8').split('\n')).toHaveLength(659 * SHARDS + 2);
  });

  test('names what there is too little of, and trusts nothing', async () => {
    const { code, out } = await calibrate(...LIVE, '--for', '30s');
    expect(code).toBe(1);
    expect(out).toContain('29 seconds of data are too few');
  });

  test('tells of a source that refuses on the way, and goes on with what there is', async () => {
    refusal = () => asked.length > 3;
    const { code, out, errors } = await calibrate(...LIVE, '--for', '11m');
    expect(code).toBe(1);
    expect(errors).toContain('it goes no further, with what there is: refused as wrong-input');
    expect(out).toContain('119 seconds of data are too few');
  });

  test('fails as it is refused where there is nothing yet', async () => {
    refusal = () => true;
    const { code, out, errors } = await calibrate(...LIVE);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain('refused as wrong-input');
  });

  test.each<[string, readonly string[], string]>([
    ['neither a file nor a metric', [], '--environment and --metric'],
    ['both', ['shards.csv', ...LIVE], '--environment and --metric'],
    ['a metric of nowhere', ['--metric', 'errors'], '--environment and --metric'],
    ['a time beyond an hour', [...LIVE, '--for', '61m'], '--for'],
    ['a time that is none', [...LIVE, '--for', '10'], '--for'],
    ['a plan that is not there', [...LIVE, '--plan', 'other.yaml'], 'other.yaml'],
    ['a table that cannot be written', [...LIVE, '--for', '2s', '--save', '.'], 'cannot be written'],
  ])('refuses %s', async (_, flags, words) => {
    const { code, errors } = await calibrate(...flags);
    expect(code).toBe(2);
    expect(errors).toContain(words);
  });
});
