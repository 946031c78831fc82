import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '@slipway/provider-kit';
import {
  findByEnvironment,
  isAlive,
  listProcesses,
  RetryableError,
  sendSignal,
  TerminalError,
} from '@slipway/provider-kit';
import type { TemporaryDirectory } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  refusedUrl,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumBinary, skipped } from '../../../../../scripts/servers/chromium.ts';
import { browserCheck } from './index.ts';
import { MARK } from './private-browser.ts';
import type { TestSite } from './testing/test-site.ts';
import { startTestSite } from './testing/test-site.ts';

const SLOW_MS = 700;
const QUICK = { settle: '100ms', screenshot: 'never' };
/** For what never comes about. */
const IMPATIENT = { ...QUICK, 'step-timeout': '300ms' };

interface Given {
  readonly directory?: string;
  readonly now?: number;
  readonly signal?: AbortSignal;
  readonly secrets?: Readonly<Record<string, string>>;
}

const itemsOf = ({ evidence }: CheckResult) =>
  Object.fromEntries(evidence.items.map(({ asked, found, verdict }) => [asked, { found, verdict }]));

describe.skipIf(chromiumBinary === null)(`browser check in Chromium${skipped}`, { timeout: 60_000 }, () => {
  let site: TestSite;
  let data: TemporaryDirectory;
  beforeAll(async () => {
    [site, data] = await Promise.all([startTestSite(SLOW_MS), createTemporaryDirectory()]);
  });
  afterAll(async () => {
    await site.close();
    await data.remove();
  });

  const run = async (config: object, { directory = data.path, now, ...given }: Given = {}): Promise<CheckResult> => {
    const clock = now === undefined ? {} : { now: () => now };
    const context = createTestContext({ directory, dataDirectory: directory, ...clock, ...given });
    const parsed = browserCheck.schema.parse({ url: site.url, ...QUICK, ...config });
    return await browserCheck.run(parsed, contextFor(browserCheck.needs, context));
  };
  const visit = async (path: string, rest: object = {}): Promise<CheckResult> =>
    await run({ pages: [{ path, ...rest }] });

  describeCheckConformance(browserCheck, async () => {
    const directory = await createTemporaryDirectory();
    const refused = await refusedUrl();
    const asked = site.requests.length;
    const quick = { ...QUICK, screenshot: 'always' };
    const steps = [
      { fill: '[name=user]', with: { env: 'PASSWORD' } },
      { fill: '[name=password]', with: { env: 'PASSWORD' } },
    ];
    const login = { path: '/login', steps: [...steps, { click: 'button' }, { expect: { selector: 'p' } }] };
    return {
      context: {
        directory: directory.path,
        dataDirectory: directory.path,
        secrets: { PASSWORD: 'top-secret-password' },
      },
      passing: { url: site.url, ...quick, pages: [{ path: '/', expect: { title: 'Shop', text: 'The best shop' } }] },
      failing: { url: site.url, ...quick, pages: [login] },
      cannotAsk: { url: refused, ...quick, pages: [{ path: '/', steps }] },
      endless: {
        config: { url: site.url, ...quick, 'page-timeout': '1h', timeout: '1h', pages: [{ path: '/silent' }] },
        begun: async () =>
          void (await vi.waitUntil(() => site.requests.slice(asked).some(({ path }) => path === '/silent'), 20_000)),
      },
      [Symbol.asyncDispose]: directory.remove,
    };
  });

  const number = expect.stringMatching(/^\d+ ms$/);
  const cases: readonly (readonly [string, object, string, unknown, string])[] = [
    ['/', { expect: { title: 'Shop' } }, 'title', '"Shop"', 'pass'],
    ['/', { expect: { title: 'Basket' } }, 'title', '"Shop"', 'fail'],
    ['/', { expect: { text: 'The best shop' } }, 'text "The best shop"', 'there', 'pass'],
    ['/', { expect: { text: 'secret offer' } }, 'text "secret offer"', 'not there', 'fail'],
    ['/', { expect: { selector: '#top' } }, 'element #top', 'there', 'pass'],
    ['/', { expect: { selector: 'p[hidden]' } }, 'element p[hidden]', 'not there', 'fail'],
    ['/', { expect: { selector: 'p[' } }, 'element p[', 'not there', 'fail'],
    ['/', {}, 'status', '200', 'pass'],
    ['/down', {}, 'status', '503', 'fail'],
    ['/gone', {}, 'status', '404', 'fail'],
    ['/gone', { limits: { 'failed-requests': 1 } }, 'failed requests', expect.stringMatching(/^1: 404 /), 'pass'],
    ['/alert', {}, 'status', '200', 'pass'],
    ['/', { limits: { lcp: '1m' } }, 'LCP', number, 'pass'],
    ['/', { limits: { lcp: '1ms' } }, 'LCP', number, 'fail'],
    ['/blank', { limits: { lcp: '1m' } }, 'LCP', 'nothing was painted', 'unknown'],
    ['/', { limits: { cls: 0 } }, 'CLS', '0', 'pass'],
    ['/errors', { limits: { 'console-errors': 2 } }, 'console errors', expect.stringMatching(/^2: /), 'pass'],
    ['/errors', { limits: { 'console-errors': 1 } }, 'console errors', expect.stringMatching(/^2: /), 'fail'],
    ['/missing', { limits: { 'failed-requests': 2 } }, 'failed requests', expect.stringMatching(/^2: /), 'pass'],
    ['/missing', { limits: { 'failed-requests': 1 } }, 'failed requests', expect.stringMatching(/^2: /), 'fail'],
  ];

  describe('conditions', () => {
    let items: ReturnType<typeof itemsOf>;
    beforeAll(async () => {
      const pages = cases.map(([path, rest], index) => ({ path, name: `case ${index}`, ...rest }));
      // Evidence has room for 100 items.
      const halves = [pages.slice(0, 10), pages.slice(10)];
      items = {};
      for (const half of halves) Object.assign(items, itemsOf(await run({ ...IMPATIENT, pages: half })));
    }, 60_000);

    it.each(cases.map((each, index) => [...each, index] as const))(
      '%s with %j: %s is %s: %s',
      (_path, _rest, asked, found, verdict, index) => {
        expect(items[`case ${index}: ${asked}`]).toEqual({ found, verdict });
      },
    );
  });

  describe('measurements', () => {
    let result: CheckResult;
    let found: ReturnType<typeof itemsOf>;
    beforeAll(async () => {
      const pages = [
        { path: '/slow' },
        { path: '/shift', limits: { cls: 0.1 } },
        { path: '/errors' },
        { path: '/missing' },
      ];
      result = await run({ settle: '500ms', pages: [...pages, { path: '/many' }] });
      found = itemsOf(result);
    }, 60_000);

    it('measures the picture that came late as LCP', () => {
      expect(Number.parseInt(found['/slow: LCP']?.found ?? '', 10)).toBeGreaterThanOrEqual(SLOW_MS);
    });

    it('measures what moves without the visitor as CLS', () => {
      expect(found['/shift: CLS']?.verdict).toBe('fail');
      expect(Number(found['/shift: CLS']?.found)).toBeGreaterThan(0.1);
    });

    it('tells errors from warnings, and failed requests from both', () => {
      expect(found['/errors: console errors']).toEqual({
        found: '2: boom at order 42; uncaught TypeError: no such thing',
        verdict: 'fail',
      });
      expect(found['/errors: failed requests']).toEqual({ found: '0', verdict: 'pass' });
      const failed = found['/missing: failed requests']?.found ?? '';
      expect(failed).toMatch(/^2: /);
      expect(failed).toContain(`404 GET ${site.url}/nope-17.png`);
      expect(failed).toMatch(/net::ERR_[A-Z_]+ GET http:\/\/127\.0\.0\.1:1\/x/);
      expect(JSON.stringify(result)).not.toContain('key=abc');
    });

    it('keeps its evidence within bounds however much a page writes', () => {
      expect(found['/many: console errors']).toEqual({ found: expect.stringMatching(/^5000: /), verdict: 'fail' });
      expect(JSON.stringify(result.evidence).length).toBeLessThan(10_000);
    });
  });

  it('is a new visitor on each page', async () => {
    const pages = ['/', '/basket', '/basket?again'].map((path) => ({ path, expect: { selector: 'p' } }));
    const basket = { path: '/basket', name: 'basket', expect: { text: 'basket of nobody' } };
    expect((await run({ pages: [...pages, basket] })).verdict).toBe('pass');
  });

  describe('steps', () => {
    it('does what a visitor does, in order, with secrets that show nowhere', async () => {
      await using directory = await createTemporaryDirectory();
      const steps = [
        { fill: '[name=user]', with: 'ada' },
        { fill: '[name=password]', with: { env: 'SMOKE' } },
        { press: 'Enter' },
        { expect: { text: 'Welcome ada' } },
        { goto: '/basket?full' },
        { expect: { title: 'Basket', text: 'basket of visited=yes' } },
      ];
      const config = { pages: [{ path: '/login', steps, limits: { 'console-errors': 1 } }], baseline: { save: 'b' } };
      const given = { directory: directory.path, secrets: { SMOKE: 's3cret-word' } };
      const result = await run(config, given);
      expect(result.verdict).toBe('pass');
      expect(itemsOf(result)['/login: console errors']?.found).toBe('1: typed [redacted]');
      expect(JSON.stringify(result)).not.toContain('s3cret');
      expect(await readFile(join(directory.path, 'baselines/b.json'), 'utf8')).not.toContain('s3cret');
    });

    it('starts no browser where a secret is not set', async () => {
      const before = site.requests.length;
      const steps = [{ fill: 'input', with: { env: 'NOT_SET' } }];
      expect(await rejectionOf(visit('/login', { steps }))).toBeInstanceOf(TerminalError);
      expect(site.requests).toHaveLength(before);
    });

    it('fails at a step that is not possible, and goes no further', async () => {
      const cases: readonly (readonly [object, string, string])[] = [
        [{ click: '#gone' }, 'step 1, click #gone', 'not possible in time: not there, hidden, disabled or covered'],
        [{ click: '.two' }, 'step 1, click .two', 'several elements match: name one'],
        [{ click: 'a[' }, 'step 1, click a[', 'the selector cannot be read'],
        [{ press: 'Entre' }, 'step 1, press Entre', 'no such key'],
        [{ expect: { title: 'Basket' } }, 'step 1: title', '"Shop"'],
      ];
      const pages = cases.map(([step], index) => ({ path: '/next', name: `${index}`, steps: [step, { click: 'a' }] }));
      const result = await run({ ...IMPATIENT, pages });
      const taken = Object.entries(itemsOf(result)).filter(([asked]) => asked.includes('step'));
      const wanted = cases.map(([, asked, found], index) => [`${index}: ${asked}`, { found, verdict: 'fail' }]);
      expect([result.verdict, taken]).toEqual(['fail', wanted]);
    });

    it('goes on in the next document', async () => {
      const steps = [{ click: 'a[href]' }, { expect: { title: 'Basket' } }];
      expect((await visit('/next', { steps })).verdict).toBe('pass');
    });
  });

  describe('baseline', () => {
    const old = '<script>console.error("old error 17"); fetch("/gone-1.js?v=1")</script>';
    const sameAgain = '<script>console.error("old error 18"); fetch("/gone-2.js?v=2"); fetch("/gone-3.js")</script>';
    const pages = [{ path: '/versioned' }];
    const T0 = Date.UTC(2026, 10, 24, 9);

    const saved = async (directory: string): Promise<CheckResult> => {
      site.serve(old);
      return await run({ pages, baseline: { save: 'shop' } }, { directory, now: T0 });
    };
    const compared = async (directory: string, body: string, rest: object = {}): Promise<CheckResult> => {
      site.serve(body);
      const baseline = { compare: 'shop', 'lcp-slack': '1m', 'max-age': '72h', ...rest };
      return await run({ pages, baseline }, { directory, now: T0 + 3_600_000 });
    };

    /** Of the page with the old errors. */
    let shop: TemporaryDirectory;
    let first: CheckResult;
    beforeAll(async () => {
      shop = await createTemporaryDirectory();
      first = await saved(shop.path);
    }, 60_000);
    afterAll(async () => await shop.remove());

    it('is kept where all holds', () => {
      const found = 'kept, 1 pages, 2026-11-24T09:00:00.000Z';
      expect([first.verdict, first.evidence.items.at(-1)?.found]).toEqual(['pass', found]);
    });

    it.each([
      ['the same, though with other numbers', sameAgain, 'pass', '0', '0'],
      ['nothing wrong at all', '', 'pass', '0', '0'],
      ['a new error', `${old}<script>console.error("new error")</script>`, 'fail', '1: new error', '0'],
      [
        'a new failed request',
        `${old}<script>fetch("/other.js?v=1")</script>`,
        'fail',
        '0',
        expect.stringMatching(/^1: 404 GET .*\/other\.js$/),
      ],
    ])('with %s', async (_title, body, verdict, errors, requests) => {
      const result = await compared(shop.path, body);
      const found = itemsOf(result);
      expect(found['/versioned: new console errors']?.found).toBe(errors);
      expect(found['/versioned: new failed requests']?.found).toEqual(requests);
      expect(found[`age of the baseline shop, of ${site.url}`]).toEqual({ found: '1h', verdict: 'pass' });
      expect(result.verdict).toBe(verdict);
    });

    it('holds the pages to its LCP and CLS', async () => {
      const slow = `<img src="/slow.svg" width="400" height="300" style="display:block">`;
      const result = await compared(shop.path, slow, { 'lcp-slack': '0s' });
      const [, worse] = Object.entries(itemsOf(result)).find(([asked]) => asked.includes('LCP against')) ?? [];
      expect([result.verdict, worse?.verdict]).toEqual(['fail', 'fail']);
    });

    it.each([
      ['is not there', null, TerminalError],
      ['is no JSON', '{"form":1', TerminalError],
      ['is of another form', '{"form":2}', TerminalError],
    ])('never passes where it %s, and starts no browser', async (_title, text, type) => {
      await using directory = await createTemporaryDirectory();
      await mkdir(join(directory.path, 'baselines'));
      if (text !== null) await writeFile(join(directory.path, 'baselines/shop.json'), text);
      const before = site.requests.length;
      const error = await rejectionOf(compared(directory.path, ''));
      expect(error).toBeInstanceOf(type);
      expect(String(error)).toContain('save: shop');
      expect(site.requests).toHaveLength(before);
    });

    it.each([
      ['too old', T0 + 3_600_001, '1h', 'fail'],
      ['of a time to come', T0 - 3_600_000, 'a time that is yet to come', 'unknown'],
    ])('never passes where it is %s', async (_title, now, found, verdict) => {
      const baseline = { compare: 'shop', 'max-age': '1h' };
      const result = await run({ pages, baseline }, { directory: shop.path, now });
      expect(result.verdict).toBe('fail');
      expect(result.evidence.items).toHaveLength(1);
      expect(result.evidence.items[0]).toMatchObject({ found: expect.stringContaining(found), verdict });
    });

    it('never passes for a page that it does not have', async () => {
      const given = { directory: shop.path, now: T0 };
      const result = await run({ pages: [{ path: '/' }], baseline: { compare: 'shop' } }, given);
      expect([result.verdict, itemsOf(result)['/: baseline']?.verdict]).toEqual(['fail', 'unknown']);
    });

    it.each([
      ['a page that is down', { path: '/down' }],
      ['a page that is not as expected', { path: '/', expect: { title: 'Basket' } }],
      ['a page on which nothing was painted', { path: '/blank' }],
      ['more than can be told apart', { path: '/many' }],
    ])('is not kept of %s', async (_title, page) => {
      await using directory = await createTemporaryDirectory();
      const config = { ...IMPATIENT, pages: [page], baseline: { save: 'shop' } };
      const { verdict, evidence } = await run(config, { directory: directory.path });
      expect(verdict).toBe('fail');
      expect(evidence.items.at(-1)).toMatchObject({ asked: 'baseline shop', verdict: 'fail' });
      expect(await readdir(directory.path)).toEqual([]);
    });
  });

  describe('screenshots', () => {
    it.each([
      ['always', ['/', '/down']],
      ['on-failure', ['/down']],
      ['never', []],
    ])('%s: of %j', async (screenshot, pictured) => {
      await using directory = await createTemporaryDirectory();
      const pages = [{ path: '/' }, { path: '/down' }];
      const { evidence } = await run({ screenshot, pages }, { directory: directory.path });
      const shots = evidence.items.filter(({ asked }) => asked.endsWith(': screenshot'));
      expect(shots.map(({ asked }) => asked)).toEqual(pictured.map((path) => `${path}: screenshot`));
      for (const { found } of shots) {
        const [, name = '', sha256] = /^(screenshots\/[0-9a-f]{64}\.png), SHA-256 ([0-9a-f]{64})$/.exec(found) ?? [];
        const png = await readFile(join(directory.path, name));
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect(createHash('sha256').update(png).digest('hex')).toBe(sha256);
        expect(name).toBe(`screenshots/${sha256}.png`);
      }
      const kept = await readdir(join(directory.path, 'screenshots')).catch(() => []);
      expect(kept).toHaveLength(shots.length);
    });

    it('show no secret that was typed, wherever it was', async () => {
      const login = (name: string, text: unknown) => ({
        path: '/login',
        name,
        steps: [{ fill: '[name=user]', with: text }],
      });
      const pages = [login('a', { env: 'A' }), login('b', { env: 'B' }), login('c', 'grace'), login('d', 'linus')];
      await using directory = await createTemporaryDirectory();
      const given = { directory: directory.path, secrets: { A: 'first-secret', B: 'other-secret' } };
      const { evidence } = await run({ screenshot: 'always', pages }, given);
      const [a, b, c, d] = evidence.items.filter(({ asked }) => asked.endsWith('screenshot')).map(({ found }) => found);
      expect([a, c === d]).toEqual([b, false]);
    });
  });

  describe('what cannot be asked', () => {
    it.each([
      ['a page that does not load in time', { 'page-timeout': '300ms', pages: [{ path: '/silent' }] }, RetryableError],
      ['a download', { pages: [{ path: '/download' }] }, TerminalError],
      ['a browser that is not there', { browser: 'no-such-browser', pages: [{ path: '/' }] }, TerminalError],
      ['a browser that is none', { browser: '/bin/false', pages: [{ path: '/' }] }, RetryableError],
      ['a site that is none', { url: 'http://{{ host }}', pages: [{ path: '/' }] }, TerminalError],
    ])('throws for %s', async (_title, config, type) => {
      const error = await rejectionOf(run(config));
      expect(error).toBeInstanceOf(type);
      expect(String(error)).toMatch(/^[^\n]{1,300}$/);
    });
  });

  describe('what is left of the browser', () => {
    const ENDLESS = { 'page-timeout': '1h', timeout: '1h', pages: [{ path: '/silent' }] };
    const isRenderer = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    const own = () => findByEnvironment(MARK, () => true);

    /** Runs until the site is asked for what it never answers, does something then, and expects nothing of the browser to be left. */
    async function expectNothingLeft(
      then: (pids: readonly number[]) => void,
      signal: AbortSignal,
      config: object = ENDLESS,
    ): Promise<unknown> {
      const others = new Set(own().map(({ pid }) => pid));
      const asked = site.requests.length;
      const rejection = rejectionOf(run(config, { signal }));
      await vi.waitUntil(() => site.requests.slice(asked).some(({ path }) => path.startsWith('/silent')), 20_000);
      const started = own().filter(({ pid }) => !others.has(pid));
      const groups = new Set(started.map(({ group }) => group));
      expect(listProcesses().filter(({ group }) => groups.has(group)).length).toBeGreaterThan(2);
      then(started.map(({ pid }) => pid));
      const error = await rejection;
      expect(started.filter(isAlive)).toEqual([]);
      expect(listProcesses().filter(({ group, zombie }) => groups.has(group) && !zombie)).toEqual([]);
      return error;
    }

    it('is nothing when it is aborted', async () => {
      const stop = new AbortController();
      const error = await expectNothingLeft(() => stop.abort(new Error('called off')), stop.signal);
      expect(error).toMatchObject({ message: 'called off' });
    });

    it('is nothing when it is aborted while the browser itself hangs', async () => {
      const stop = new AbortController();
      const freeze = (pids: readonly number[]): void => {
        for (const pid of pids) process.kill(pid, 'SIGSTOP');
        stop.abort(new Error('called off'));
      };
      expect(await expectNothingLeft(freeze, stop.signal)).toMatchObject({ message: 'called off' });
    });

    it('is nothing when a page crashed, which is no page without errors', async () => {
      const killRenderers = (pids: readonly number[]): void => {
        const groups = new Set(listProcesses().flatMap(({ pid, group }) => (pids.includes(pid) ? [group] : [])));
        const members = listProcesses().filter(({ group, zombie }) => groups.has(group) && !zombie);
        for (const { pid } of members) if (isRenderer(pid)) sendSignal(pid, 'SIGKILL');
      };
      const config = { settle: '1s', pages: [{ path: '/waits' }] };
      const error = await expectNothingLeft(killRenderers, new AbortController().signal, config);
      expect(error).toMatchObject({ name: 'RetryableError', message: '/waits crashed in the browser' });
    });

    it('is nothing when the browser died by itself', async () => {
      const kill = (pids: readonly number[]): void => {
        for (const pid of pids) sendSignal(pid, 'SIGKILL');
      };
      expect(await expectNothingLeft(kill, new AbortController().signal)).toBeInstanceOf(RetryableError);
    });

    it('is nothing after the time-out, on a page that never gives way, nor after all went well', async () => {
      await using directory = await createTemporaryDirectory();
      const before = process.env['TMPDIR'];
      process.env['TMPDIR'] = directory.path;
      process.env['SLIPWAY_TEST_SECRET'] = 'not for the browser';
      const others = new Set(own().map(({ pid }) => pid));
      try {
        const error = await rejectionOf(run({ timeout: '2s', pages: [{ path: '/hangs' }] }));
        expect(error).toMatchObject({ message: expect.stringContaining('after 2s and was ended') });
        const passing = run({ settle: '300ms', pages: [{ path: '/' }] });
        const marked = await vi.waitUntil(() => own().find(({ pid }) => !others.has(pid)), 20_000);
        const environment = await readFile(`/proc/${marked.pid}/environ`, 'utf8');
        expect(environment).not.toContain('SLIPWAY_TEST_SECRET');
        expect((await passing).verdict).toBe('pass');
        expect(own().filter(({ pid }) => !others.has(pid))).toEqual([]);
        expect(await readdir(directory.path)).toEqual([]);
      } finally {
        delete process.env['SLIPWAY_TEST_SECRET'];
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
      }
    });
  });
});
