import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../testing/test-context.ts';

const EVENTS = new URL('../judge/record/fixtures/observed-events.ndjson', import.meta.url);
const eventLines = readFileSync(EVENTS, 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-judge-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const replay = async (content: string | Buffer, ...flags: readonly string[]) => {
  writeFileSync(join(folder, 'data'), content);
  return await runCommand(['judge', 'replay', 'data', ...flags], { cwd: folder });
};

interface Event {
  readonly seq: number;
  readonly event: { readonly type: string } & Record<string, unknown>;
}
const events = (): Event[] =>
  eventLines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
const recordOf = (list: readonly unknown[], format = 'slipway-record-1') =>
  JSON.stringify({ format, launch: 'shop-1', events: list });

const recordText = recordOf(events());

describe('judge replay of a record', () => {
  test('computes every share again', async () => {
    const { code, out } = await replay(recordText);
    expect(
      out
        .replaceAll(/evidence \S+ of/g, 'evidence E of')
        .trimEnd()
        .split('\n'),
    ).toEqual([
      '✔ ramp 10 % · 61 looks · goes on · evidence E of 100 · recorded: pass · the same to the last digit',
      '✔ ramp 50 % · 23 looks · turns back at second 23 · errors · evidence E of 100 · recorded: fail · the same to the last digit',
      '2 of 2 watches the same to the last digit, over 84 looks',
    ]);
    expect(code).toBe(0);
  });

  test('takes events one a line as well', async () => {
    const { code, out } = await replay(eventLines, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ summary: { shares: 2, same: 2, looks: 84, ok: true } });
  });

  test('fails, and says where, when one count of one look was changed', async () => {
    let met = 0;
    const changed = recordText.replaceAll('"errors":[20,0,180,2]', (look) => {
      met += 1;
      return met === 20 ? '"errors":[20,1,180,2]' : look;
    });
    expect(met).toBeGreaterThan(20);
    const { code, out } = await replay(changed);
    expect(code).toBe(1);
    expect(out).toContain('✖ ramp 10 %');
    expect(out).toContain('NOT the same');
    expect(out).toContain('the evidence that was kept is not what the looks come to');
    expect(out).toMatch(/ {4}errors\.harm: recorded -?\d\.\d+, computed again -?\d/);
  });

  test('speaks French', async () => {
    const { out } = await replay(recordText, '--lang', 'fr');
    expect(out).toContain('2 sur 2 observations identiques au dernier chiffre');
  });

  test.each<[string, () => string, string]>([
    [
      'of another version',
      () => recordOf(events(), 'slipway-record-2'),
      'data is a record of another version of Slipway',
    ],
    ['without comparisons', () => recordOf(events().slice(0, 15)), 'data compares no versions'],
    ['of no event', () => recordOf([]), 'data compares no versions'],
    ['that is cut in the middle', () => recordOf(events().filter(({ seq }) => seq !== 17)), 'event 17 is missing'],
    ['without its beginning', () => recordOf(events().slice(1)), 'event 1 is missing'],
    ['out of order', () => recordOf(events().toReversed()), 'event 1 is missing'],
    ['with events of no shape', () => recordOf([{ seq: 1 }]), 'data is not a record in JSON'],
    [
      'with an event of a newer format',
      () => recordOf(events().map((each) => ({ ...each, event: { ...each.event, v: 2 } }))),
      'data has an event that this version of Slipway does not read (1: v)',
    ],
    [
      'of lines that are no events',
      () => `${JSON.stringify(events()[0])}\n{"seq":2}\n`,
      'data:2: this is no event of a record',
    ],
  ])('refuses one %s', async (_, content, words) => {
    const { code, out, errors } = await replay(content());
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(out).toBe('');
  });

  test('takes no margins: the plan in it has them', async () => {
    const { code, errors } = await replay(recordText, '--times', '2');
    expect(code).toBe(2);
    expect(errors).toContain('have their own rules');
  });

  test('of a launch before there were comparisons says that it has none', async () => {
    const plan = {
      steps: {
        ramp: {
          kind: 'rollout',
          stages: [{ weight: 5, hold: 1, judging: { conditions: [], minSamples: 1, every: 1_000, silence: 1 } }],
        },
      },
      metrics: {},
    };
    const verdict = { decision: 'pass', culprit: null, sentence: 'ok', findings: [] };
    const [first, second] = events();
    const old = [
      { ...first, event: { type: 'launch-started', plan } },
      {
        ...second,
        event: {
          type: 'effect-settled',
          effect: 'ramp:4.0',
          outcome: { result: 'done', data: { kind: 'verdict', verdict } },
        },
      },
    ];
    const { code, errors } = await replay(recordOf(old));
    expect(code).toBe(2);
    expect(errors).toContain('compares no versions');
  });
});

const HEADER = 'second,new_units,new_bad,old_units,old_bad';
const csv = (rows: readonly string[], header = HEADER) => [header, ...rows, ''].join('\n');
const always = (row: string, seconds = 600) => Array.from({ length: seconds }, (_, index) => `${index + 1},${row}`);
const HARM = always('50,2,950,3');
const SOUND = always('50,0,950,3');

describe('judge replay of a series', () => {
  test('tells when it would have turned back, and the sentence', async () => {
    const { code, out } = await replay(csv(HARM));
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /^✖ turns back at second (\d) · \1 looks · evidence \S+ of 100 · suspect from second \d on errors: 4 % on the new version against 0\.32 % on the old version after \d+ requests; in all more than \S+ times as many; by chance/,
    );
  });

  test('tells that it would have gone on', async () => {
    const { code, out } = await replay(csv(SOUND));
    expect(code).toBe(0);
    expect(out).toMatch(
      /^✔ goes on · 600 looks · evidence \S+ of 100\n {2}no sign of harm: errors 0 % on the new version/,
    );
  });

  test('speaks French', async () => {
    const { out } = await replay(csv(HARM), '--lang', 'fr');
    expect(out).toMatch(/revient en arrière à la seconde \d/);
    expect(out).toContain('sur la nouvelle version contre 0,32 % sur l');
  });

  const decidedWith = async (content: string, ...flags: readonly string[]) => {
    const { code, out, errors } = await replay(content, '--json', ...flags);
    expect(`${code} ${errors}`).toBe('0 ');
    return JSON.parse(out) as {
      readonly decided: { readonly second: number; readonly decision: string } | null;
      readonly last: { readonly culprit: string | null; readonly threshold: number };
      readonly rules: { readonly metrics: readonly Record<string, unknown>[] };
    };
  };
  const secondOf = async (content: string, ...flags: readonly string[]) =>
    (await decidedWith(content, ...flags)).decided?.second ?? null;

  test('follows the margins, chances and settings that it is given', async () => {
    const slight = csv(always('50,2,950,19', 3_000));
    const [plain, wide, dispersed, strict] = [
      await secondOf(slight),
      await secondOf(slight, '--times', '3'),
      await secondOf(slight, '--dispersion', '4'),
      await secondOf(slight, '--false-alarms', '0.01%'),
    ];
    expect(plain).toBeGreaterThan(1);
    expect(wide).toBeNull();
    expect(dispersed).toBeGreaterThan(plain ?? Infinity);
    expect(strict).toBeGreaterThan(plain ?? Infinity);
    expect(await secondOf(slight, '--plus', '5%')).toBeNull();
    expect(await secondOf(slight, '--times', '3', '--limit', '2.5%')).toBeGreaterThan(1);
    expect(await decidedWith(csv(always('500,0,9500,9')), '--wrong-promotions', '5%')).toMatchObject({
      decided: { decision: 'promote' },
    });
    expect(await secondOf(csv(always('100,20,900,270')), '--better', 'higher')).toBeGreaterThan(0);
    const few = csv(always('1,1,19,0', 60));
    expect(await secondOf(few)).toBeGreaterThan((await secondOf(few, '--min-samples', '3')) ?? Infinity);
  });

  test('has the defaults of a plan', async () => {
    const { rules, last } = await decidedWith(csv(SOUND));
    expect(rules.metrics[0]).toMatchObject({
      times: 1.1,
      plus: 0.001,
      limit: null,
      better: 'lower',
      dispersion: 1,
      skew: 0,
    });
    expect(last.threshold).toBeCloseTo(Math.log(100), 12);
  });

  test('holds several metrics to one budget, each as it is named', async () => {
    const both = HARM.flatMap((row, index) => [`${index + 1},50,0,950,3,refunds`, `${row},errors`]);
    const found = await decidedWith(csv(both, `${HEADER},metric`));
    expect(found.last.culprit).toBe('errors');
    expect(found.decided?.second).toBeGreaterThan((await secondOf(csv(HARM))) ?? Infinity);
  });

  test('knows a second by its name, and goes over seconds that are missing', async () => {
    const late = HARM.map((row, index) => row.replace(/^\d+/, String(1_700_000_000 + 10 * index)));
    const plain = (await secondOf(csv(HARM))) ?? 0;
    expect(await secondOf(csv(late))).toBe(1_700_000_000 + 10 * (plain - 1));
  });

  test('takes line ends and the mark of a Windows editor', async () => {
    expect(await secondOf(`\uFEFF${csv(HARM).replaceAll('\n', '\r\n')}`)).toBe(await secondOf(csv(HARM)));
  });

  const list = (value: number, length = 300) => Array.from({ length }, () => value);
  const RATIO = { unit: 'ratio', new_units: list(50), new_bad: list(2), old_units: list(950), old_bad: list(3) };
  const histograms = (flat: readonly number[], length = 300) => Array.from({ length }, () => flat);
  const LATENCY = {
    unit: 'milliseconds',
    new: histograms([150, 90, 300, 5]),
    old: histograms([150, 900, 200, 90, 260, 10]),
  };
  const json = (metrics: unknown) => JSON.stringify({ metrics });

  test('takes JSON, of latencies too', async () => {
    expect(await secondOf(json({ errors: RATIO }))).toBe(await secondOf(csv(HARM)));
    const slow = await decidedWith(json({ latency: LATENCY }));
    expect(slow).toMatchObject({ decided: { decision: 'fail' }, last: { culprit: 'latency' } });
    expect(slow.rules.metrics[0]).toMatchObject({ times: 1.2, plus: 0 });
    expect(await secondOf(json({ latency: LATENCY }), '--plus', '5s')).toBeNull();
  });

  test.each<[string, string, string]>([
    [
      'another header',
      csv(HARM, 'second,new,old'),
      'data:1: the first line must be second,new_units,new_bad,old_units,old_bad[,metric]',
    ],
    ['no header', HARM.join('\n'), 'data:1:'],
    ['no line', csv([]), 'data:2: it holds no data'],
    ['nothing', '', 'it holds no data'],
    ['a negative count', csv(['1,50,-1,950,3']), 'data:2: new_bad is "-1", not a number of 0 or more'],
    ['no number', csv(['1,50,NaN,950,3']), 'data:2: new_bad is "NaN"'],
    ['a number beyond all', csv(['1,50,1,Infinity,3']), 'data:2: old_units is "Infinity"'],
    ['an empty cell', csv(['1,50,,950,3']), 'data:2: new_bad is ""'],
    ['a hexadecimal number', csv(['1,0x50,1,950,3']), 'data:2: new_units is "0x50"'],
    ['more bad than units', csv(['1,50,51,950,3']), 'data:2: new_bad is more than new_units'],
    ['more bad of the old version', csv(['1,50,1,3,950']), 'data:2: old_bad is more than old_units'],
    ['seconds that go back', csv(['2,50,1,950,3', '1,50,1,950,3']), 'data:3: second 1 comes after 2'],
    ['a second twice', csv(['1,50,1,950,3', '1,50,1,950,3']), 'data:3: second 1 is there twice'],
    ['half a second', csv(['1.5,50,1,950,3']), 'data:2: second is not a whole number'],
    ['a column too few', csv(['1,50,1,950']), 'data:2: 4 columns'],
    ['a metric without a name', csv(['1,50,1,950,3,'], `${HEADER},metric`), 'data:2: the name of the metric'],
    [
      'a metric that every object has',
      csv(['1,50,1,950,3,__proto__'], `${HEADER},metric`),
      'data:2: the name of the metric',
    ],
    [
      'too many metrics',
      csv(
        Array.from({ length: 21 }, (_, index) => `1,5,1,9,3,m${index}`),
        `${HEADER},metric`,
      ),
      'data:22: more than 20 metrics',
    ],
    ['a table of gigabytes', HEADER.padEnd(32_000_001, '\n'), 'data:1: a table may have 32 MB'],
    ['JSON of something else', '{"cases": []}', 'data is no record of a launch and no recorded series'],
    ['JSON that is cut', '{"metrics": {', 'data:1: this is no event of a record'],
    ['JSON without a metric', json({}), 'metrics: no second of data'],
    [
      'lists of two lengths',
      json({ errors: { ...RATIO, new_bad: list(2, 299) } }),
      'metrics.errors: the four lists are not of one length',
    ],
    [
      'JSON with more bad than units',
      json({ errors: { ...RATIO, new_bad: [...list(2, 299), 51] } }),
      'metrics.errors.new_bad.299: more than the units',
    ],
    ['JSON with a negative count', json({ errors: { ...RATIO, old_bad: list(-1) } }), 'metrics.errors.old_bad.0'],
    [
      'a bucket that is none',
      json({ latency: { ...LATENCY, new: histograms([544, 1]) } }),
      'a bucket is a whole number below 544',
    ],
    ['half a pair', json({ latency: { ...LATENCY, new: histograms([5]) } }), 'not pairs of a bucket and a count'],
    ['a key that it does not know', json({ errors: { ...RATIO, dispersion: 2 } }), 'metrics.errors'],
  ])('refuses %s', async (_, content, words) => {
    const { code, out, errors } = await replay(content);
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(out).toBe('');
  });

  test('tells of no more lines than people read', async () => {
    const { errors } = await replay(csv(Array.from({ length: 100 }, () => 'x')));
    expect(errors.trimEnd().split('\n')).toHaveLength(11);
  });

  test('refuses what is not UTF-8, too large, or not there', async () => {
    const stray = await replay(Buffer.concat([Buffer.from(HEADER), Buffer.from([0xff])]));
    expect([stray.code, stray.errors]).toEqual([
      2,
      expect.stringContaining(`data is not UTF-8 at byte ${HEADER.length}`),
    ]);
    copyFileSync(EVENTS, join(folder, 'large'));
    // Without a byte on the disk.
    truncateSync(join(folder, 'large'), 100_000_001);
    const large = await runCommand(['judge', 'replay', 'large'], { cwd: folder });
    expect([large.code, large.errors]).toEqual([2, expect.stringContaining('large is larger than 100 MB')]);
    const gone = await runCommand(['judge', 'replay', 'gone'], { cwd: folder });
    expect([gone.code, gone.errors]).toEqual([2, expect.stringContaining('gone cannot be read')]);
  });

  test.each([
    [['--times', '0.9'], '--times'],
    [['--times', 'NaN'], '--times'],
    [['--plus', '5'], '--plus'],
    [['--plus', '-1%'], '--plus'],
    [['--plus', '20ms'], '--plus is for no metric of this file'],
    [['--limit', '800ms'], '--limit is for no metric of this file'],
    [['--false-alarms', '0%'], '--false-alarms'],
    [['--false-alarms', '100%'], '--false-alarms'],
    [['--dispersion', '0'], '--dispersion'],
    [['--min-samples', '1.5'], '--min-samples'],
    [['--better', 'best'], 'lower, higher'],
    [['--cases', 'cases.json'], 'name one file'],
  ])('refuses %j', async (flags, words) => {
    const { code, errors } = await replay(csv(SOUND), ...flags);
    expect(code).toBe(2);
    expect(errors).toContain(words);
  });

  test('needs a file', async () => {
    const { code, errors } = await runCommand(['judge', 'replay'], { cwd: folder });
    expect(code).toBe(2);
    expect(errors).toContain('name one file');
  });
});
