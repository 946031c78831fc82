import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  expectBoundedEvidence,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { auditCheck } from './index.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const HOUR = 3_600_000;

interface Advisory {
  readonly severity: string;
  readonly id?: string;
  readonly name?: string;
  readonly source?: number;
}

const advisory = ({ severity, id = 'GHSA-vh95-rmgr-6w4m', name = 'minimist', source = 1179 }: Advisory) => ({
  source,
  name,
  dependency: name,
  title: `Prototype Pollution in ${name}`,
  url: `https://github.com/advisories/${id}`,
  severity,
  cwe: ['CWE-1321'],
  cvss: { score: 5.6, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L' },
  range: '<0.2.1',
});

/** What `npm audit --json` of npm 11 writes. */
function npmReport(...advisories: readonly Advisory[]) {
  const entries = advisories.map((given) => {
    const one = advisory(given);
    const via: readonly (string | typeof one)[] = [one];
    return [
      one.name,
      { name: one.name, severity: one.severity, isDirect: true, via, effects: [], range: '', nodes: [] },
    ] as const;
  });
  const vulnerabilities = Object.fromEntries(entries);
  const total = Object.keys(vulnerabilities).length;
  return {
    auditReportVersion: 2,
    vulnerabilities,
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total },
      dependencies: { prod: 312, dev: 0, optional: 0, peer: 0, peerOptional: 0, total: 312 },
    },
  };
}

const run = async (config: object, files: Readonly<Record<string, unknown>> = {}) => {
  await using directory = await createTemporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory.path, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    await utimes(path, (NOW - HOUR) / 1000, (NOW - HOUR) / 1000);
  }
  const context = createTestContext({ directory: directory.path, now: () => NOW, secrets: { TOKEN: 's3cret-token' } });
  const result = await auditCheck.run(auditCheck.schema.parse(config), contextFor(auditCheck.needs, context));
  expectBoundedEvidence(result.evidence);
  return result;
};

const audit = async (report: unknown, config: object = {}) =>
  await run({ 'npm-audit': 'audit.json', ...config }, { 'audit.json': report });

const HIGH = { severity: 'high' };
const ignoring = (until: string, id = 'GHSA-vh95-rmgr-6w4m') => ({ ignore: [{ id, because: 'only in tests', until }] });

describeCheckConformance(auditCheck, async () => {
  const directory = await createTemporaryDirectory();
  await writeFile(join(directory.path, 'green.json'), JSON.stringify(npmReport()));
  await writeFile(join(directory.path, 'red.json'), JSON.stringify(npmReport(HIGH)));
  const server = await startTestServer(() => undefined);
  const headers = { authorization: { env: 'TOKEN' } };
  return {
    context: { directory: directory.path, secrets: { TOKEN: 's3cret-token' }, now: () => NOW },
    passing: { 'npm-audit': 'green.json', headers },
    failing: { 'npm-audit': 'red.json', headers },
    cannotAsk: { sarif: await refusedUrl(), headers },
    endless: {
      config: { sarif: server.url, headers },
      begun: async () => void (await vi.waitUntil(() => server.requests.length > 0)),
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await directory.remove();
    },
  };
});

describe('audit check', () => {
  const failsOn = ['low', 'moderate', 'high', 'critical'] as const;
  it.each([
    ['info', 0],
    ['low', 1],
    ['moderate', 2],
    ['high', 3],
    ['critical', 4],
    ['catastrophic', 4],
    ['', 4],
  ])('%s fails up to its own threshold', async (severity, thresholds) => {
    for (const [i, threshold] of failsOn.entries()) {
      const { verdict } = await audit(npmReport({ severity }), { 'fail-on': threshold });
      expect({ threshold, verdict }).toEqual({ threshold, verdict: i < thresholds ? 'fail' : 'pass' });
    }
  });

  it('says what fails, and how much is below', async () => {
    const report = npmReport(HIGH, { severity: 'low', name: 'qs', id: 'GHSA-aaaa-bbbb-cccc' });
    const { evidence } = await audit(report);
    expect(evidence.items).toEqual([
      {
        asked: 'findings of severity high or worse',
        found: '1 (1 high) in 312 dependencies',
        expected: 'none that is not ignored',
        verdict: 'fail',
      },
      {
        asked: 'GHSA-vh95-rmgr-6w4m in minimist',
        found: 'high: Prototype Pollution in minimist',
        expected: 'below high, or ignored',
        verdict: 'fail',
      },
      { asked: 'findings below high', found: '1 (1 low)', expected: 'any number', verdict: 'pass' },
    ]);
    expect(evidence.summary).toBe(
      'There are findings of severity high or worse: 1 (1 high) in 312 dependencies: GHSA-vh95-rmgr-6w4m in minimist',
    );
  });

  it.each([
    ['2026-11-24', 'pass', 'high: Prototype Pollution in minimist; ignored until 2026-11-24 (only in tests)'],
    [
      '2026-11-23',
      'fail',
      'high: Prototype Pollution in minimist; its ignore expired after 2026-11-23 (only in tests)',
    ],
    ['2027-01-01', 'pass', 'high: Prototype Pollution in minimist; ignored until 2027-01-01 (only in tests)'],
  ])('ignores until the end of %s: %s', async (until, verdict, found) => {
    const result = await audit(npmReport(HIGH), ignoring(until));
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items[1]).toMatchObject({ found, verdict });
  });

  it.each(['GHSA-vh95-rmgr-6w4m', 'ghsa-VH95-rmgr-6w4m', '1179'])('ignores by %s', async (id) => {
    expect((await audit(npmReport(HIGH), ignoring('2027-01-01', id))).verdict).toBe('pass');
  });

  it('ignores no other advisory of the same package, and names an ignore of nothing', async () => {
    const { verdict, evidence } = await audit(npmReport(HIGH), ignoring('2026-11-01', 'GHSA-xxxx-xxxx-xxxx'));
    expect(verdict).toBe('fail');
    expect(evidence.items).toContainEqual({
      asked: 'ignore of GHSA-xxxx-xxxx-xxxx',
      found: 'expired after 2026-11-01, and nothing of it is reported',
      expected: 'may be taken out',
      verdict: 'pass',
    });
  });

  it('lets a valid ignore hold beside an expired one', async () => {
    const ignore = [...ignoring('2026-01-01').ignore, ...ignoring('2027-01-01').ignore];
    expect((await audit(npmReport(HIGH), { ignore })).verdict).toBe('pass');
  });

  it('names an advisory once with each package that has it, as bad as its worst', async () => {
    const report = npmReport({ severity: 'low' }, { severity: 'critical', name: 'qs' });
    const { evidence } = await audit(report);
    expect(evidence.items[1]).toMatchObject({ asked: 'GHSA-vh95-rmgr-6w4m in minimist, qs', verdict: 'fail' });
  });

  it('counts a package once that is there for another, and one whose cause is not listed', async () => {
    const report = npmReport(HIGH);
    const mkdirp = (via: string) => ({ name: 'mkdirp', severity: 'high', via: [via], effects: [], nodes: [] });
    const withMkdirp = (via: string) => ({
      ...report,
      vulnerabilities: { ...report.vulnerabilities, mkdirp: mkdirp(via) },
      metadata: { ...report.metadata, vulnerabilities: { total: 2 } },
    });
    const asked = async (via: string) =>
      (await audit(withMkdirp(via))).evidence.items.filter(({ verdict }) => verdict === 'fail').slice(1);
    expect(await asked('minimist')).toHaveLength(1);
    expect((await asked('gone')).map((item) => item.asked)).toEqual([
      'GHSA-vh95-rmgr-6w4m in minimist',
      'mkdirp in mkdirp',
    ]);
  });

  it('keeps its evidence within bounds, with what fails in it', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      severity: i === 299 ? 'critical' : 'low',
      name: `package-${i}`,
      id: `GHSA-0000-0000-${String(i).padStart(4, '0')}`,
    }));
    const { evidence } = await audit(npmReport(...many), {
      'fail-on': 'low',
      ...ignoring('2027-01-01', 'GHSA-0000-0000-0000'),
    });
    expect(evidence.items).toHaveLength(100);
    expect((await audit(npmReport(...many))).evidence.items[1]?.asked).toBe('GHSA-0000-0000-0299 in package-299');
  });

  it('passes exactly where nothing at or above the threshold is left', async () => {
    const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const;
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom(...severities), { maxLength: 8 }),
      fc.constantFrom(...failsOn),
      async (found, threshold) => {
        const report = npmReport(
          ...found.map((severity, i) => ({ severity, name: `p${i}`, id: `GHSA-0000-0000-000${i}` })),
        );
        const { verdict } = await audit(report, { 'fail-on': threshold });
        const least = severities.indexOf(threshold);
        expect(verdict).toBe(found.some((one) => severities.indexOf(one) >= least) ? 'fail' : 'pass');
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('audit check of age', () => {
  const sarif = (endTimeUtc?: string) => ({
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'Trivy' } }, invocations: [{ executionSuccessful: true, endTimeUtc }], results: [] },
    ],
  });
  // The file was written an hour ago.
  it.each([
    [{ 'npm-audit': 'a.json' }, npmReport(), '2h', 'pass', '1h'],
    [{ 'npm-audit': 'a.json' }, npmReport(), '59m', 'fail', '1h'],
    [{ sarif: 'a.json' }, sarif(), '59m', 'fail', '1h'],
    [{ sarif: 'a.json' }, sarif('2026-11-24T08:30:00Z'), '2h', 'pass', '1h'],
    [{ sarif: 'a.json' }, sarif('2026-11-20T09:00:00Z'), '24h', 'fail', '4d'],
    [{ sarif: 'a.json' }, sarif('last Tuesday'), '400d', 'fail', 'unknown: no date, or one that cannot be read'],
  ])('%j of %j, at most %s: %s', async (config, report, maxAge, verdict, found) => {
    const result = await run({ ...config, 'max-age': maxAge }, { 'a.json': report });
    expect(result.evidence.items.at(-1)).toMatchObject({ asked: 'age of a.json', found });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.summary.includes(`age of a.json: ${found}`)).toBe(verdict === 'fail');
  });

  it('is unknown of one by HTTP of which nobody says it', async () => {
    await using server = await startTestServer((_request, response) => response.end(JSON.stringify(npmReport())));
    const config = { 'npm-audit': server.url, 'max-age': '400d' };
    expect((await run(config)).evidence.items.at(-1)?.verdict).toBe('unknown');
    expect((await run(config)).verdict).toBe('fail');
  });
});

describe('audit check of what is no audit', () => {
  const report = npmReport(HIGH);
  it.each([
    ['nothing', '', /not JSON/],
    ['half a file', JSON.stringify(report).slice(0, -5), /not JSON/],
    ['an empty object', {}, /not what npm audit/],
    ['null', null, /not what npm audit/],
    ['npm 6', { advisories: {}, metadata: { vulnerabilities: {} } }, /npm 7 or newer/],
    ['another version', { ...report, auditReportVersion: 3 }, /not what npm audit/],
    ['no totals', { ...report, metadata: {} }, /not what npm audit/],
    [
      'no dependency',
      { ...npmReport(), metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 0 } } },
      /looked at no dependency: check directory/,
    ],
    ['other totals', { ...report, vulnerabilities: {} }, /says 1 vulnerable packages and lists 0/],
    ['an error', { error: { code: 'ENOLOCK', summary: 'x', detail: '' } }, /needs a lockfile \(ENOLOCK\)/],
    ['a SARIF report', { version: '2.1.0', runs: [] }, /not what npm audit/],
  ])('%s', async (_title, content, message) => {
    const error = await rejectionOf(audit(content));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(message);
  });

  it('a file that is not there, or is far too large', async () => {
    expect(String(await rejectionOf(run({ sarif: 'gone.sarif' })))).toContain('there is no file gone.sarif');
    const large = `${JSON.stringify(report)}${' '.repeat(10_000_001)}`;
    expect(String(await rejectionOf(audit(large)))).toContain('larger than 10000000 bytes');
  });

  it('reads one by HTTP, and shows neither secret nor query', async () => {
    await using server = await startTestServer(({ headers }, response) => {
      response.writeHead(headers.authorization === 's3cret-token' ? 200 : 403).end(JSON.stringify(npmReport()));
    });
    const url = `${server.url}/audit.json?key=hidden`;
    const result = await run({ 'npm-audit': url, headers: { authorization: { env: 'TOKEN' } } });
    expect(result.verdict).toBe('pass');
    const error = await rejectionOf(run({ 'npm-audit': url }));
    expect(String(error)).toContain('answered 403: check the secret');
    for (const thing of [result, error]) expectNoSecrets(thing, { TOKEN: 's3cret-token', key: 'hidden' });
  });

  it.each([
    { directory: 'web', sarif: 'a.sarif' },
    { sarif: 'a.sarif', 'npm-audit': 'a.json' },
    { 'max-age': '24h' },
    { directory: 'web', 'max-age': '24h' },
    { 'fail-on': 'info' },
    { 'fail-on': 'medium' },
    { ignore: [{ id: 'GHSA-x', because: 'x' }] },
    { ignore: [{ id: 'GHSA-x', until: '2026-12-31' }] },
    { ignore: [{ id: 'GHSA-x', because: '', until: '2026-12-31' }] },
    { ignore: [{ id: 'GHSA-x', because: 'x', until: '2026-02-30' }] },
    { ignore: [{ id: 'GHSA-x', because: 'x', until: 'never' }] },
  ])('refuses %j', (config) => {
    expect(auditCheck.schema.safeParse(config).success).toBe(false);
  });
});
