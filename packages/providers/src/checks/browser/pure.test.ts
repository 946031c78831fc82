import { readdir, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptPageOf } from './baseline-form.ts';
import { keepBaseline, readBaseline } from './baseline-store.ts';
import { compareItems } from './compare-items.ts';
import { findBrowser } from './find-browser.ts';
import { browserCheck } from './index.ts';
import { judgePage } from './judge-page.ts';
import { keepPicture } from './keep-picture.ts';
import type { Shift } from './layout-shift.ts';
import { cumulativeLayoutShift } from './layout-shift.ts';
import { problemKey, shownProblem } from './problem-key.ts';
import { ProblemList } from './problem-list.ts';
import type { Measured } from './visit.ts';

const ORIGIN = 'https://shop.example';
const none = () => new ProblemList(ORIGIN, (text) => text);
const listOf = (...texts: readonly string[]): ProblemList => {
  const list = none();
  for (const text of texts) list.add(text);
  return list;
};
const measured = (rest: Partial<Measured> = {}): Measured => ({
  lcp: 1000,
  cls: 0.1,
  consoleErrors: none(),
  failedRequests: none(),
  ...rest,
});

describe('cumulativeLayoutShift', () => {
  const at = (...shifts: readonly (readonly [number, number])[]): readonly Shift[] =>
    shifts.map(([time, value]) => ({ at: time, value }));

  it.each([
    ['no shift', at(), 0],
    ['one', at([10, 0.25]), 0.25],
    ['two within a second', at([0, 0.25], [999, 0.5]), 0.75],
    ['two a second apart: the larger', at([0, 0.25], [1000, 0.5]), 0.5],
    ['the first window, where it is the larger', at([0, 0.5], [10, 0.5], [2000, 0.25]), 1],
    [
      'a row that goes on: five seconds of it',
      at(...[0, 900, 1800, 2700, 3600, 4500, 5400].map((t) => [t, 1] as const)),
      6,
    ],
    [
      'a row that ends just before five seconds',
      at([0, 1], [900, 1], [1800, 1], [2700, 1], [3600, 1], [4500, 1], [4999, 1]),
      7,
    ],
    [
      'a row that begins anew at five seconds',
      at([0, 1], [900, 1], [1800, 1], [2700, 1], [3600, 1], [4500, 1], [5000, 1]),
      6,
    ],
  ])('of %s', (_title, shifts, expected) => {
    expect(cumulativeLayoutShift(shifts)).toBe(expected);
  });

  it('is at least the largest shift and at most their sum', () => {
    const shift = fc.record({ at: fc.nat(20_000), value: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(shift), (given) => {
        const shifts = given.toSorted((a, b) => a.at - b.at);
        const values = shifts.map(({ value }) => value);
        const found = cumulativeLayoutShift(shifts);
        expect(found).toBeGreaterThanOrEqual(Math.max(0, ...values));
        expect(found).toBeLessThanOrEqual(values.reduce((sum, value) => sum + value, 0));
      }),
    );
  });

  it('is the most that any window of less than five seconds, without a gap of one, adds up to', () => {
    const gaps = fc.array(fc.record({ gap: fc.nat(1500), value: fc.nat(100) }), { maxLength: 12 });
    fc.assert(
      fc.property(gaps, (given) => {
        let time = 0;
        const shifts = given.map(({ gap, value }) => ({ at: (time += gap), value }));
        const spans = shifts.map(({ at: first }) =>
          shifts
            .filter((each) => each.at >= first && each.at < first + 5000)
            .reduce((sum, { value }) => sum + value, 0),
        );
        expect(cumulativeLayoutShift(shifts)).toBeLessThanOrEqual(Math.max(0, ...spans));
      }),
    );
  });
});

describe('problemKey', () => {
  const key = (text: string): string => problemKey(text, ORIGIN);

  it.each([
    ['order 41 failed after 1.5 s', 'order 42 failed after 12 s'],
    [`GET ${ORIGIN}/api/users/17?t=1`, `GET ${ORIGIN}/api/users/18?t=2&x=y`],
    ['GET https://cdn.example/app.3f9a2b1c.js', 'GET https://cdn.example/app.77e0d412.js'],
    ['GET https://cdn.example/index-BkX3_9aZ.js', 'GET https://cdn.example/index-DiwrgTda.js'],
    ['user 123e4567-e89b-12d3-a456-426614174000', 'user 00000000-0000-4000-8000-000000000000'],
    ['commit deadbeef01', 'commit 0123456789ab'],
    [`at ${ORIGIN}/app.js:10:5`, 'at /app.js:99:1'],
    ['  two\n lines', 'two lines'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(key(one)).toBe(key(other));
  });

  it.each([
    ['x is not a function', 'y is not a function'],
    [`GET ${ORIGIN}/a.js`, `GET ${ORIGIN}/b.js`],
    ['GET https://one.example/a.js', 'GET https://two.example/a.js'],
    ['GET https://cdn.example/checkout-analytics.js', 'GET https://cdn.example/checkout-payments.js'],
    ['cannot read basket', 'cannot read account'],
  ])('tells %j from %j', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it('takes any number for any other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        expect(key(`order ${one} lost`)).toBe(key(`order ${other} lost`));
      }),
    );
  });

  it('is bounded, one line, and quick, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), (text) => {
        expect(shownProblem(text)).toMatch(/^[^\n\r]{0,501}$/u);
      }),
    );
    for (const part of ['a', '-', '1a', 'http://', '?', 'aA_-.']) {
      const begun = performance.now();
      key(part.repeat(1_000_000));
      expect(performance.now() - begun).toBeLessThan(1000);
    }
  });

  it('keeps no query, which often holds a key', () => {
    expect(shownProblem(`GET ${ORIGIN}/a?token=abc failed, see https://x.example/b#c`)).toBe(
      `GET ${ORIGIN}/a failed, see https://x.example/b`,
    );
  });
});

describe('ProblemList', () => {
  it('counts all, keeps each kind once, and says when it keeps no more', () => {
    const list = listOf('a 1', 'a 2', 'b');
    expect([list.total, [...list.distinct], list.cut]).toEqual([
      3,
      [
        ['a *', 'a 1'],
        ['b', 'b'],
      ],
      false,
    ]);
    const many = listOf(...Array.from({ length: 150 }, (_, index) => 'x'.repeat(index + 1)));
    expect([many.total, many.distinct.size, many.cut]).toEqual([150, 100, true]);
  });

  it('tells kinds apart as they are, and redacts before anything else', () => {
    const list = new ProblemList(ORIGIN, (text) => text.replaceAll('secret', '***'));
    for (const status of ['404', '500']) list.add(`GET ${ORIGIN}/secret/1`, status);
    expect([...list.distinct.keys()]).toEqual(['404 GET /***/*', '500 GET /***/*']);
  });
});

describe('compareItems', () => {
  const kept = { lcp: 1000, cls: 0.1, consoleErrors: ['known *'], failedRequests: [] };
  const config = browserCheck.schema.parse({ url: ORIGIN, pages: [{ path: '/' }], baseline: { compare: 'b' } });
  const compare = config.baseline !== undefined && 'compare' in config.baseline ? config.baseline : null;

  it.each([
    ['all the same', {}, []],
    ['a known error, often', { consoleErrors: listOf('known 1', 'known 2', 'known 3') }, []],
    ['a new error', { consoleErrors: listOf('known 1', 'new') }, ['/: new console errors']],
    ['a new failed request', { failedRequests: listOf('404') }, ['/: new failed requests']],
    ['LCP just within', { lcp: 1200 }, []],
    ['LCP beyond', { lcp: 1200.1 }, ['/: LCP against 1000 ms before']],
    ['CLS just within', { cls: 0.1 * 1.2 }, []],
    ['CLS beyond', { cls: 0.1201 }, ['/: CLS against 0.1 before']],
    ['LCP better', { lcp: 1 }, []],
  ])('%s', (_title, rest, wrong) => {
    if (compare === null) throw new Error('the schema gave no comparison');
    const items = compareItems('/', measured(rest), { compare, kept });
    expect(items.filter(({ verdict }) => verdict !== 'pass').map(({ asked }) => asked)).toEqual(wrong);
    expect(items).toHaveLength(4);
  });

  it('never passes on more errors than it can tell apart, though all that it kept are known', () => {
    if (compare === null) throw new Error('the schema gave no comparison');
    const many = listOf(...Array.from({ length: 101 }, (_, index) => 'x'.repeat(index + 1)));
    const all = { ...kept, consoleErrors: [...many.distinct.keys()] };
    const [item] = compareItems('/', measured({ consoleErrors: many }), { compare, kept: all });
    expect(item?.verdict).toBe('unknown');
  });
});

describe('judgePage', () => {
  const judge = (config: object, rest: Partial<Measured>) => {
    const parsed = browserCheck.schema.parse({ url: ORIGIN, pages: [{ path: '/' }], ...config });
    const [page] = parsed.pages;
    if (page === undefined) throw new Error('the schema gave no page');
    const items = judgePage(page, measured(rest), { config: parsed, before: null });
    return items.filter(({ verdict }) => verdict !== 'pass').map(({ asked, verdict }) => `${asked} ${verdict}`);
  };
  const error = { consoleErrors: listOf('x') };

  it.each([
    ['nothing is wrong', {}, {}, []],
    ['an error', {}, error, ['/: console errors fail']],
    ['an error that may be', { limits: { 'console-errors': 1 } }, error, []],
    ['an error while a baseline is kept', { baseline: { save: 'b' } }, error, []],
    ['no paint without a limit', {}, { lcp: null }, []],
    ['no paint with a limit', { limits: { lcp: '1h' } }, { lcp: null }, ['/: LCP unknown']],
    ['no paint while a baseline is kept', { baseline: { save: 'b' } }, { lcp: null }, ['/: LCP unknown']],
    ['no CLS with a limit', { limits: { cls: 9 } }, { cls: null }, ['/: CLS unknown']],
    ["a page's own limit", { limits: { lcp: '1ms' }, pages: [{ path: '/', limits: { lcp: '2s' } }] }, {}, []],
    ['a baseline without the page', { baseline: { compare: 'b' } }, {}, ['/: baseline unknown']],
  ])('%s', (_title, config, rest, wrong) => {
    expect(judge(config, rest)).toEqual(wrong);
  });
});

it('keeps nothing of a page that was not measured whole', () => {
  const report = (rest: Partial<Measured>) => ({ name: '/', items: [], picture: null, measured: measured(rest) });
  expect(keptPageOf(report({}))).toEqual({ lcp: 1000, cls: 0.1, consoleErrors: [], failedRequests: [] });
  expect([keptPageOf(report({ lcp: null })), keptPageOf(report({ cls: null }))]).toEqual([null, null]);
});

describe('what is kept', () => {
  const T0 = 1_700_000_000;
  const agedIn = async (folder: string, ...names: readonly string[]): Promise<void> => {
    for (const [at, name] of names.entries()) await utimes(join(folder, name), T0 + at, T0 + at);
  };

  it('is the newest pictures, one that came again among them', async () => {
    await using directory = await createTemporaryDirectory();
    const folder = join(directory.path, 'screenshots');
    const keep = async (text: string) => basename((await keepPicture(Buffer.from(text), directory.path, 2)).name);
    const [one, two] = [await keep('one'), await keep('two')];
    await agedIn(folder, one, two);
    expect(await keep('one')).toBe(one);
    const three = await keep('three');
    expect((await readdir(folder)).toSorted()).toEqual([one, three].toSorted());
  });

  it('is the newest baselines', async () => {
    await using directory = await createTemporaryDirectory();
    const keep = async (name: string) =>
      await keepBaseline(directory.path, { form: 1, name, url: ORIGIN, savedAt: 0, pages: [] }, 2);
    await keep('a');
    await keep('b');
    await agedIn(join(directory.path, 'baselines'), 'a.json', 'b.json');
    await keep('c');
    expect(await readBaseline(directory.path, 'c')).toMatchObject({ name: 'c' });
    await expect(readBaseline(directory.path, 'a')).rejects.toThrow('There is no baseline a: run the check');
  });
});

describe('findBrowser', () => {
  it.each([
    ['nothing that is installed', undefined, ['/nowhere/chromium'], /apt-get install chromium/],
    ['a program that is not there', 'chrome', [], /chrome is not a program/],
    ['a folder', '/usr', [], /is not a program/],
    ['a file that may not be run', '/etc/passwd', [], /is not a program/],
  ])('refuses %s and says what to do', async (_title, named, candidates, message) => {
    await expect(findBrowser(named, '/tmp', candidates)).rejects.toThrow(message);
  });

  it('takes the first that is there', async () => {
    expect(await findBrowser(undefined, '/tmp', ['/nowhere/chromium', process.execPath])).toBe(process.execPath);
    expect(await findBrowser(process.execPath, '/tmp', [])).toBe(process.execPath);
  });
});

describe('browser check: schema', () => {
  const page = { path: '/' };
  const withSteps = (...steps: readonly object[]) => ({ url: ORIGIN, pages: [{ path: '/', steps }] });
  it.each([
    [{ url: '{{ address }}', pages: [page, { path: '/cart?a=1' }] }],
    [
      withSteps(
        { click: '#a' },
        { fill: '#b', with: { env: 'PASSWORD' } },
        { press: 'Enter' },
        { expect: { text: 'x' } },
      ),
    ],
    [{ url: ORIGIN, pages: [page], baseline: { compare: 'shop', worse: 1.5, 'max-age': '72h', 'lcp-slack': '0s' } }],
    [{ url: ORIGIN, pages: [page, { path: '/', name: 'again' }], limits: { lcp: '3s', cls: 0.1 } }],
  ])('accepts %j', (config) => {
    expect(browserCheck.schema.safeParse(config).success).toBe(true);
  });

  it.each([
    [{ url: ORIGIN, pages: [] }, /at least|>=1/],
    [{ url: 'file:///etc', pages: [page] }, /http or https/],
    [{ url: ORIGIN, pages: [page, page] }, /different names/],
    [{ url: ORIGIN, pages: [{ path: 'cart' }] }, /path like/],
    [{ url: ORIGIN, pages: [{ path: '//evil.example' }] }, /path like/],
    [{ url: ORIGIN, pages: [{ path: '/\\evil.example' }] }, /path like/],
    [{ url: ORIGIN, pages: [{ path: '/', expect: {} }] }, /at least one of/],
    [withSteps({ fill: '#a' }), /write one of/],
    [withSteps({ click: '#a', press: 'Enter' }), /write one of/],
    [withSteps({ hover: '#a' }), /write one of/],
    [{ url: ORIGIN, pages: [page], baseline: { save: 'a', compare: 'a' } }, /write \{save/],
    [{ url: ORIGIN, pages: [page], baseline: { save: '../a' } }, /write|small letters/],
    [{ url: ORIGIN, pages: [page], baseline: { save: 'a', 'max-age': '1h' } }, /max-age/],
    [{ url: ORIGIN, pages: [page], baseline: { compare: 'a', worse: 0.5 } }, /write|>=1/],
    [{ url: ORIGIN, pages: [page], timeout: '2h' }, /at most 1h/],
    [{ url: ORIGIN, pages: [page], limits: { lcp: 3 } }, /expected string/],
    [{ url: ORIGIN, pages: [page], limits: { fid: '1s' } }, /fid/],
  ])('refuses %j', (config, message) => {
    expect(browserCheck.schema.safeParse(config).error?.message).toMatch(message);
  });
});
