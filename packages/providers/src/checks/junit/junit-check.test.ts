import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  expectBoundedEvidence,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { junitCheck } from './index.ts';
import { readReport } from './read-report.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const HOUR = 3_600_000;

const test = (name: string, body = '') =>
  `<testcase classname="shop.Cart" name="${name}" time="0.1">${body}</testcase>`;
const suite = (attributes: string, ...cases: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite name="cart" ${attributes}>${cases.join('')}</testsuite></testsuites>`;

const GREEN = suite('tests="2" failures="0" errors="0" skipped="0"', test('adds'), test('removes'));
const RED = suite(
  'tests="2" failures="1"',
  test('adds'),
  test('removes', '<failure message="1 &lt; 2">at x</failure>'),
);

type Files = Readonly<Record<string, string>>;

async function createFiles(files: Files) {
  const directory = await createTemporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await utimes(path, (NOW - HOUR) / 1000, (NOW - HOUR) / 1000);
  }
  return directory;
}

const runIn = async (directory: string, config: object) => {
  const context = createTestContext({ directory, now: () => NOW, secrets: { TOKEN: 's3cret-token' } });
  const result = await junitCheck.run(junitCheck.schema.parse(config), contextFor(junitCheck.needs, context));
  expectBoundedEvidence(result.evidence);
  return result;
};

const run = async (files: Files, config: object = {}) => {
  await using directory = await createFiles(files);
  return await runIn(directory.path, { files: ['**/*.xml'], ...config });
};

const verdictOf = async (xml: string, config: object = {}) => (await run({ 'a.xml': xml }, config)).verdict;

describeCheckConformance(junitCheck, async () => {
  const directory = await createFiles({ 'reports/green.xml': GREEN, 'reports/red.xml': RED });
  const server = await startTestServer(() => undefined);
  return {
    context: { directory: directory.path, secrets: { TOKEN: 's3cret-token' }, now: () => NOW },
    passing: { files: ['reports/green.xml'], 'min-tests': 2, 'max-skipped': 0, 'max-age': '24h' },
    failing: { files: ['reports/*.xml'] },
    cannotAsk: { url: await refusedUrl(), headers: { authorization: { env: 'TOKEN' } } },
    endless: {
      config: { url: server.url },
      begun: async () => void (await vi.waitUntil(() => server.requests.length > 0)),
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await directory.remove();
    },
  };
});

describe('junit check', () => {
  it.each([
    ['all passed', GREEN, {}, 'pass', '2 passed, 0 failed, 0 errored, 0 skipped'],
    ['a failure', RED, {}, 'fail', '1 passed, 1 failed, 0 errored, 0 skipped'],
    ['an error', suite('', test('adds', '<error/>')), {}, 'fail', '0 passed, 0 failed, 1 errored, 0 skipped'],
    ['a failure and an error', suite('', test('a', '<failure/><error/>')), {}, 'fail', '0 failed, 1 errored'],
    [
      'a skipped one',
      suite('', test('a'), test('b', '<skipped/>')),
      {},
      'pass',
      '1 passed, 0 failed, 0 errored, 1 skipped',
    ],
    ['too many skipped', suite('', test('a'), test('b', '<skipped/>')), { 'max-skipped': 0 }, 'fail', '1 skipped'],
    ['all skipped', suite('', test('b', '<skipped/>')), {}, 'fail', '1 skipped'],
    ['too few tests', GREEN, { 'min-tests': 3 }, 'fail', '2 passed'],
    ['no test', suite('tests="0"'), {}, 'fail', '0 tests'],
    ['no suite', '<testsuites/>', {}, 'fail', '0 tests'],
    ['a suite alone', `<testsuite>${test('a')}</testsuite>`, {}, 'pass', '1 passed'],
    ['a prefix', `<j:testsuite xmlns:j="x"><j:testcase name="a"/></j:testsuite>`, {}, 'pass', '1 passed'],
    ['two roots', `<testsuite/><testsuite>${test('a', '<failure/>')}</testsuite>`, {}, 'fail', '1 failed'],
    ['a suite that broke', suite('', test('a'), '<error message="no database"/>'), {}, 'fail', '1 errored'],
    ['a flaky one', suite('', test('a', '<flakyFailure/>')), {}, 'pass', '1 passed'],
    [
      'tests in an unknown element',
      `<testsuite><group>${test('a', '<failure/>')}</group></testsuite>`,
      {},
      'fail',
      '1 failed',
    ],
    ['one of result failed', suite('', '<testcase name="a" result="failed"/>'), {}, 'fail', '1 failed'],
    ['one of status run', suite('', '<testcase name="a" status="run" result="completed"/>'), {}, 'pass', '1 passed'],
    ['one that is switched off', suite('', test('a'), '<testcase name="b" status="notrun"/>'), {}, 'pass', '1 skipped'],
  ])('%s', async (_title, xml, config, verdict, found) => {
    const result = await run({ 'a.xml': xml }, config);
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.summary).toContain(found);
  });

  it.each(['failed', 'FAILURE', 'error', 'timedOut', 'broken'])(
    'believes a test that says %s and no more',
    async (word) => {
      expect(await verdictOf(suite('', test('a'), `<testcase name="b" status="${word}"/>`))).toBe('fail');
    },
  );

  it.each([
    ['tests="3"', 'tests says 3, counted 2'],
    ['tests="1"', 'tests says 1, counted 2'],
    ['tests="2" failures="1"', 'failures says 1, counted 0'],
    ['tests="2" errors="1"', 'errors says 1, counted 0'],
    ['tests="2" skipped="1"', 'skipped says 1, counted 0'],
    ['tests="NaN"', 'tests says NaN, counted 2'],
    ['tests="-2"', 'tests says -2, counted 2'],
    ['tests="2e0"', 'tests says 2e0, counted 2'],
  ])('fails where the totals are others than those of the tests: %s', async (attributes, found) => {
    const { verdict, evidence } = await run({ 'a.xml': suite(attributes, test('a'), test('b')) });
    expect(verdict).toBe('fail');
    expect(evidence.items).toContainEqual(
      expect.objectContaining({ asked: 'totals of a.xml', found: `cart: ${found}` }),
    );
  });

  it.each([
    [
      'JUnit: all beneath',
      '<testsuites tests="3" failures="0"><testsuite tests="3"><testsuite tests="2">CC</testsuite>C</testsuite></testsuites>',
    ],
    ['its own only', '<testsuites><testsuite tests="1"><testsuite tests="2">CC</testsuite>C</testsuite></testsuites>'],
    [
      'Node: children',
      '<testsuites><testsuite tests="2" failures="0" skipped="0"><testsuite tests="2">CC</testsuite>C</testsuite></testsuites>',
    ],
    [
      'GoogleTest: disabled',
      '<testsuites tests="2" failures="0" disabled="1" skipped="0"><testsuite name="x" tests="2" disabled="1" skipped="0">C<testcase name="d" status="notrun" result="suppressed"/></testsuite></testsuites>',
    ],
    ['empty totals', '<testsuites tests=""><testsuite>C</testsuite></testsuites>'],
    ['none', '<testsuites><testsuite>CC</testsuite></testsuites>'],
  ])('knows what writers mean by totals: %s', async (_title, xml) => {
    expect(await verdictOf(xml.replaceAll('C', test('c')))).toBe('pass');
  });

  it('takes no claimed failure of a nested suite for one that was counted', async () => {
    expect(await verdictOf(`<testsuite failures="1"><testsuite>${test('a')}</testsuite></testsuite>`)).toBe('fail');
    const xml = `<testsuite tests="1" failures="1"><testsuite tests="2" failures="1">${test('a')}${test('b', '<failure/>')}</testsuite></testsuite>`;
    const { evidence } = await run({ 'a.xml': xml });
    expect(evidence.items.filter(({ asked }) => asked.startsWith('totals'))).toEqual([]);
  });

  it('names the first failures as people wrote them', async () => {
    const names = ['a &amp; b', '&quot;&#x41;&#66;&quot;', 'line&#10;break', '&unknown;', '<![CDATA['];
    const cases = names.slice(0, 4).map((name) => test(name, '<failure/>'));
    const { evidence } = await run({ 'a.xml': suite('', ...cases) });
    expect(evidence.items.filter(({ asked }) => asked.startsWith('test ')).map(({ asked }) => asked)).toEqual([
      'test shop.Cart > a & b',
      'test shop.Cart > "AB"',
      'test shop.Cart > line break',
      'test shop.Cart > &unknown;',
    ]);
  });

  it('adds up several reports, each once', async () => {
    const { verdict, evidence } = await run(
      { 'a/one.xml': GREEN, 'b/two.xml': GREEN, 'node_modules/x/fixture.xml': RED },
      { files: ['**/*.xml', 'a/*.xml'], 'min-tests': 4 },
    );
    expect(verdict).toBe('pass');
    expect(evidence.summary).toBe(
      'The tests are as they should be: 4 tests: 4 passed, 0 failed, 0 errored, 0 skipped, in 2 reports',
    );
  });

  it('fails where one of the globs matches nothing', async () => {
    const { verdict, evidence } = await run({ 'a.xml': GREEN }, { files: ['*.xml', 'e2e/*.xml'] });
    expect(verdict).toBe('fail');
    expect(evidence.items[0]).toEqual({
      asked: 'files e2e/*.xml',
      found: 'no file',
      expected: 'at least one',
      verdict: 'fail',
    });
  });

  it('keeps its evidence within bounds, and shows what failed', async () => {
    const cases = Array.from({ length: 3000 }, (_, i) => test(`case ${i} ${'x'.repeat(300)}`, '<failure/>'));
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.xml`, GREEN]));
    const { verdict, evidence } = await run({ ...files, 'red.xml': suite('', ...cases) });
    expect(verdict).toBe('fail');
    expect(evidence.items).toContainEqual(expect.objectContaining({ asked: 'report red.xml', verdict: 'fail' }));
  });

  it('counts every test whatever it is nested in', async () => {
    const tree = fc.letrec<{ node: readonly [string, number] }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
          [test('a'), 0] as const,
          [test('a', '<failure/>'), 1] as const,
          [test('a', '<error/>'), 1] as const,
        ),
        fc.array(tie('node'), { maxLength: 4 }).map((inner) => {
          const bad = inner.reduce((sum, [, count]) => sum + count, 0);
          return [`<testsuite>${inner.map(([xml]) => xml).join('')}</testsuite>`, bad] as const;
        }),
      ),
    })).node;
    const property = fc.asyncProperty(fc.array(tree, { maxLength: 4 }), async (nodes) => {
      const xml = `<testsuites>${nodes.map(([text]) => text).join('')}${test('last')}</testsuites>`;
      const bad = nodes.reduce((sum, [, count]) => sum + count, 0);
      const { verdict, evidence } = await run({ 'a.xml': xml });
      expect(verdict).toBe(bad === 0 ? 'pass' : 'fail');
      const numbers = /(\d+) failed, (\d+) errored/.exec(evidence.summary) ?? [];
      expect(Number(numbers[1]) + Number(numbers[2])).toBe(bad);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('junit check of what is no report', () => {
  const bomb = ['<!DOCTYPE lolz [<!ENTITY a0 "lol">']
    .concat(Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`))
    .concat([']>', `<testsuite><testcase name="&a20;"/></testsuite>`])
    .join('\n');

  it.each([
    ['a bomb of entities', bomb, 'has a document type'],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite>${test('&e;')}</testsuite>`,
      'document type',
    ],
    ['a document type after a comment', `<!-- x --><!DOCTYPE x><testsuite>${test('a')}</testsuite>`, 'document type'],
    ['half a file', GREEN.slice(0, -20), 'is not whole XML'],
    ['half a file within a text', `<testsuite>${test('a')}<system-out><![CDATA[ ... `, 'is not whole XML'],
    ['no XML', 'ok 1 - adds', 'is not whole XML'],
    ['JSON', '{"tests":2}', 'is not whole XML'],
    ['nothing', '', 'is not whole XML'],
    ['HTML', '<html><body>Sign in</body></html>', 'is no JUnit report'],
    ['a test without a suite', test('a'), 'is no JUnit report'],
    ['deep nesting', `${'<testsuite>'.repeat(5000)}${test('a')}${'</testsuite>'.repeat(5000)}`, 'nested too deeply'],
  ])('%s', async (_title, xml, problem) => {
    const { verdict, evidence } = await run({ 'a.xml': xml });
    expect(verdict).toBe('fail');
    const item = evidence.items.find(({ asked }) => asked === 'report a.xml');
    expect(item).toMatchObject({ verdict: 'unknown', found: expect.stringContaining(problem) });
  });

  it('reads a document type that is only a text', async () => {
    const text = '<system-out><![CDATA[<!DOCTYPE html><html>]]></system-out><!-- <!DOCTYPE x> -->';
    expect(await verdictOf(`<testsuite>${test('a', text)}</testsuite>`)).toBe('pass');
  });

  it('expands no entity where a document type hides behind what looks like a comment', async () => {
    const xml = `<testsuite a="<!--"><!DOCTYPE x [<!ENTITY e "expanded">]>${test('&e;', '<failure/>')}<!-- --></testsuite>`;
    expect(JSON.stringify(await run({ 'a.xml': xml }))).not.toContain('expanded');
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'is not led astray by the name %s',
    async (name) => {
      expect(await verdictOf(`<testsuite ${name}="1"><${name}/>${test('a', '<failure/>')}</testsuite>`)).toBe('fail');
      expect(await verdictOf(`<testsuite><${name}>${test('a', '<failure/>')}</${name}>${test('b')}</testsuite>`)).toBe(
        'fail',
      );
    },
  );

  it('never throws another error than a named one, and never passes, for broken reports', async () => {
    const property = fc.asyncProperty(
      fc.nat(GREEN.length - 2),
      fc.string({ maxLength: 3, unit: 'binary' }),
      async (at, text) => {
        const { verdict } = await run({ 'a.xml': `${GREEN.slice(0, at)}<${text}` });
        expect(verdict).toBe('fail');
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('refuses a file that is far too large', async () => {
    const large = await rejectionOf(run({ 'a.xml': `${GREEN}${' '.repeat(10_000_001)}` }));
    expect(large).toBeInstanceOf(TerminalError);
    expect(String(large)).toContain('larger than 10000000 bytes');
  });
});

describe('junit check of a large report', () => {
  const LARGE = suite('tests="2000"', ...Array.from({ length: 2000 }, (_, i) => test(`does thing number ${i}`)));
  const report = { name: 'a.xml', text: LARGE, writtenAt: NOW };
  const { signal } = new AbortController();

  it('counts its tests while the server goes on', async () => {
    expect(LARGE.length).toBeGreaterThan(100_000);
    const order: string[] = [];
    const reading = readReport(report, signal).then((read) => {
      order.push('read');
      return read;
    });
    await setImmediate();
    order.push('went on');
    expect(await reading).toMatchObject({ tally: { passed: 2000, failed: 0 }, writtenAt: NOW });
    expect(order).toEqual(['went on', 'read']);
  });

  it('says what it says of a small one', async () => {
    const broken = { ...report, text: LARGE.slice(0, -20) };
    expect(await readReport(broken, signal)).toEqual({
      name: 'a.xml',
      problem: expect.stringContaining('is not whole XML'),
    });
    expect((await run({ 'a.xml': LARGE.replace('number 7"', 'number 7" status="failed"') })).verdict).toBe('fail');
  });

  it('is not believed where it takes too long', async () => {
    expect(await readReport(report, signal, 1)).toEqual({
      name: 'a.xml',
      problem: expect.stringContaining('takes too long'),
    });
  });

  it('is left when the check is called off', async () => {
    const stop = new AbortController();
    const reading = rejectionOf(readReport(report, stop.signal));
    stop.abort(new Error('called off'));
    expect(await reading).toMatchObject({ message: 'called off' });
  });
});

describe('junit check of age', () => {
  const dated = (timestamp: string) => suite(`timestamp="${timestamp}"`, test('a'));
  // The file was written an hour ago.
  it.each([
    [GREEN, '2h', 'pass', '1h'],
    [GREEN, '59m', 'fail', '1h'],
    [dated('2026-11-24T08:30:00Z'), '2h', 'pass', '1h'],
    [dated('2026-11-23T08:00:00Z'), '24h', 'fail', '1d1h'],
    [dated('2026-11-24T09:30:00+02:00'), '90m', 'pass', '1h30m'],
    [dated('2026-11-24T09:30:00.123456+0200'), '2h', 'pass', '1h29m59s'],
    [dated('2026-11-24 06:00:00'), '2h', 'fail', '3h'],
    [dated('2026-11-24T06:00:00'), '4h', 'pass', '3h'],
    [dated('2026-11-24T20:00:00'), '2h', 'pass', '1h'],
    [dated('last Tuesday'), '400d', 'fail', 'unknown: no date, or one that cannot be read'],
    [dated(''), '400d', 'fail', 'unknown: no date, or one that cannot be read'],
  ])('%s with max-age %s: %s', async (xml, maxAge, verdict, found) => {
    const result = await run({ 'a.xml': xml }, { 'max-age': maxAge });
    expect(result.evidence.items).toContainEqual(expect.objectContaining({ asked: 'age of a.xml', found }));
    expect(result.verdict).toBe(verdict);
  });

  it('does not believe a file of tomorrow', async () => {
    await using directory = await createFiles({ 'a.xml': GREEN });
    await utimes(join(directory.path, 'a.xml'), NOW / 1000 + 3600, NOW / 1000 + 3600);
    expect((await runIn(directory.path, { files: ['*.xml'], 'max-age': '24h' })).verdict).toBe('fail');
  });

  it.each([
    [GREEN, {}, 'fail'],
    [GREEN, { 'last-modified': 'Tue, 24 Nov 2026 08:30:00 GMT' }, 'pass'],
    [GREEN, { 'last-modified': 'Mon, 23 Nov 2026 08:30:00 GMT' }, 'fail'],
    [dated('2026-11-24T08:30:00Z'), {}, 'pass'],
    [dated('2026-11-24T08:30:00'), {}, 'fail'],
  ])('knows the age of a report by HTTP only where somebody says it: %s %j', async (xml, headers, verdict) => {
    await using server = await startTestServer((_request, response) => void response.writeHead(200, headers).end(xml));
    expect((await runIn('/', { url: server.url, 'max-age': '2h' })).verdict).toBe(verdict);
  });
});

describe('junit check by HTTP', () => {
  it('sends the secret, and shows neither it nor the query', async () => {
    await using server = await startTestServer(({ headers }, response) =>
      response.writeHead(headers.authorization === 's3cret-token' ? 200 : 401).end(GREEN),
    );
    const config = { url: `${server.url}/junit.xml?key=hidden`, headers: { authorization: { env: 'TOKEN' } } };
    const result = await runIn('/', config);
    expect(result.verdict).toBe('pass');
    expectNoSecrets(result, { TOKEN: 's3cret-token', key: 'hidden' });
  });

  it.each([
    [401, TerminalError, /answered 401: check the secret/],
    [404, TerminalError, /answered 404: there is no such report/],
    [429, RetryableError, /answered 429/],
    [503, RetryableError, /answered 503/],
    [204, TerminalError, /only 200/],
  ])('%i is no report', async (status, kind, message) => {
    await using server = await startTestServer((_request, response) => void response.writeHead(status).end());
    const error = await rejectionOf(runIn('/', { url: server.url }));
    expectNamedError(error);
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(message);
  });

  it('does not count half an answer', async () => {
    await using server = await startTestServer(
      (_request, response) => void response.end(`${GREEN}${' '.repeat(10_000_001)}`),
    );
    expect(await rejectionOf(runIn('/', { url: server.url }))).toBeInstanceOf(TerminalError);
  });

  it.each([
    {},
    { files: [] },
    { files: ['../*.xml'] },
    { files: ['a/../../b.xml'] },
    { files: ['/etc/*.xml'] },
    { files: ['..'] },
    { files: ['*.xml'], url: 'https://ci.example/junit.xml' },
    { url: 'file:///etc/passwd' },
    { files: ['*.xml'], 'min-tests': 0 },
  ])('refuses %j', (config) => {
    expect(junitCheck.schema.safeParse(config).success).toBe(false);
  });
});
