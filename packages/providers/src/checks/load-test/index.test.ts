import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTestCheck } from './index.ts';
import { autocannonSummary, k6Export, k6Handled } from './testing/recorded-summaries.ts';

const MINUTE = 60_000;
const FINISHED = Date.parse(autocannonSummary.finish);
const shell = (script: string) => ['sh', '-c', script];

interface Given {
  /** What `summary.json` is; absent where there is none. */
  readonly summary?: unknown;
  readonly now?: number;
  /** When the file was written. Default: when the recorded test finished. */
  readonly writtenAt?: number;
}

const run = async (config: object, { summary, now = FINISHED, writtenAt = FINISHED }: Given = {}) => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'summary.json');
  if (summary !== undefined) {
    await writeFile(path, typeof summary === 'string' ? summary : JSON.stringify(summary));
    await utimes(path, writtenAt / 1_000, writtenAt / 1_000);
  }
  const context = createTestContext({ directory: directory.path, now: () => now });
  return await loadTestCheck.run(loadTestCheck.schema.parse(config), contextFor(loadTestCheck.needs, context));
};

const file = 'summary.json';

describeCheckConformance(loadTestCheck, async () => {
  const directory = await createTemporaryDirectory();
  await writeFile(join(directory.path, 'load.json'), JSON.stringify(k6Export(false)));
  const begun = Promise.withResolvers<void>();
  const env = { TOKEN: { env: 'TOKEN' } };
  return {
    context: { directory: directory.path, secrets: { TOKEN: 'top-secret-token' }, log: () => begun.resolve() },
    passing: { run: shell('test "$TOKEN" = top-secret-token && cat load.json'), env, latency: { p95: '300ms' } },
    failing: { file: 'load.json', latency: { p95: '100ms' } },
    cannotAsk: { file: 'gone.json', latency: { p95: '100ms' } },
    endless: {
      config: { run: shell('echo begun; sleep 300'), 'error-rate': 0 },
      begun: async () => await begun.promise,
    },
    [Symbol.asyncDispose]: directory.remove,
  };
});

describe('load-test check: conditions', () => {
  const summaries: Readonly<Record<string, unknown>> = {
    autocannon: autocannonSummary,
    'k6 export': k6Export(false),
    'k6 export, crossed': k6Export(true),
    'k6 handled': k6Handled(false),
    'k6 handled, crossed': k6Handled(true),
  };

  it.each([
    ['autocannon', { latency: { p99: '16ms' } }, 'latency p99', '16 ms', 'pass'],
    ['autocannon', { latency: { p99: '15ms' } }, 'latency p99', '16 ms', 'fail'],
    ['autocannon', { latency: { 'p97.5': '14ms' } }, 'latency p97.5', '14 ms', 'pass'],
    ['autocannon', { latency: { 'p97.50': '14ms' } }, 'latency p97.50', '14 ms', 'pass'],
    [
      'autocannon',
      { latency: { 'p99.9': '1s' } },
      'latency p99.9',
      '16 ms, of 201 requests: p99.9 needs 1000',
      'unknown',
    ],
    ['autocannon', { 'error-rate': 0.1 }, 'error rate', String(20 / 201), 'pass'],
    ['autocannon', { 'error-rate': 0.05 }, 'error rate', String(20 / 201), 'fail'],
    ['autocannon', { 'min-rate': 100.5 }, 'requests per second', '100.5', 'pass'],
    ['autocannon', { 'min-rate': 101 }, 'requests per second', '100.5', 'fail'],
    ['autocannon', { 'min-rate': 1, 'min-requests': 201 }, 'requests', '201', 'pass'],
    ['autocannon', { 'min-rate': 1, 'min-requests': 202 }, 'requests', '201', 'fail'],
    ['k6 export', { latency: { p95: '216ms' } }, 'latency p95', '215.95 ms', 'pass'],
    ['k6 export', { latency: { p50: '110ms' } }, 'latency p50', '110.47 ms', 'fail'],
    ['k6 export', { 'error-rate': 0.05 }, 'error rate', '0.05', 'pass'],
    ['k6 export', { 'error-rate': 0.049 }, 'error rate', '0.05', 'fail'],
    ['k6 export', { 'min-rate': 1 }, 'threshold http_req_duration: p(95)<200', 'held', 'pass'],
    ['k6 export, crossed', { 'min-rate': 1 }, 'threshold http_req_duration: p(95)<200', 'crossed', 'fail'],
    ['k6 handled', { latency: { p90: '204ms' } }, 'latency p90', '203.54 ms', 'pass'],
    ['k6 handled', { 'error-rate': 0.049 }, 'error rate', '0.05', 'fail'],
    ['k6 handled', { 'min-rate': 5 }, 'requests per second', '4.36938', 'fail'],
    ['k6 handled', { 'min-rate': 1 }, 'threshold http_req_duration: p(95)<200', 'held', 'pass'],
    ['k6 handled, crossed', { 'min-rate': 1 }, 'threshold http_req_duration: p(95)<200', 'crossed', 'fail'],
  ])('%s with %j: %s', async (tool, config, asked, found, verdict) => {
    const result = await run({ file, 'error-rate': 1, ...config }, { summary: summaries[tool] });
    expect(result.evidence.items.find((item) => item.asked === asked)).toMatchObject({ found, verdict });
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
  });

  it.each([
    ['a percentile that the summary does not have', autocannonSummary, { p95: '1m' }, /no p95: it has .*p90, p97\.5/],
    ['one that k6 was not told to write', k6Export(false), { p99: '1m' }, /no p99: it has p50, p90, p95; .*Trend/],
  ])('does not work out %s', async (_title, summary, latency, message) => {
    const error = await rejectionOf(run({ file, latency }, { summary }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(message);
  });

  it('never passes on a test without requests, or without answers', async () => {
    const requests = { ...autocannonSummary.requests, total: 0, average: 0 };
    const none = { ...autocannonSummary, requests, non2xx: 0 };
    const config = { file, 'error-rate': 0.99, 'min-requests': 1 };
    expect((await run(config, { summary: none })).verdict).toBe('fail');
    expect((await run(config, { summary: { ...none, errors: 500 } })).verdict).toBe('fail');
  });

  it.each([
    [{ errors: 4000 }, 'fail'],
    [{ non2xx: 150 }, 'fail'],
    [{ errors: 0, non2xx: 0, mismatches: 0 }, 'pass'],
  ])('looks at errors though the plan names no limit: %j', async (counts, verdict) => {
    const result = await run({ file, latency: { p50: '1h' } }, { summary: { ...autocannonSummary, ...counts } });
    expect(result.evidence.items).toContainEqual(
      expect.objectContaining({ asked: 'error rate', expected: 'at most 0.05', verdict }),
    );
    expect(result.verdict).toBe(verdict);
  });

  it('counts a request without an answer as one, and as an error', async () => {
    const summary = { ...autocannonSummary, errors: 99, non2xx: 0, mismatches: 0 };
    const { evidence } = await run({ file, 'error-rate': 1 }, { summary });
    expect(evidence.items.map(({ asked, found }) => [asked, found])).toEqual([
      ['age', '0s'],
      ['requests', '300'],
      ['error rate', '0.33'],
    ]);
  });

  it('says in its summary what was not as it should be', async () => {
    const { evidence } = await run({ file, latency: { p90: '100ms' } }, { summary: k6Handled(false), now: FINISHED });
    expect(evidence.summary).toBe(
      'The load test by k6 (180 requests) does not do: latency p90 is 203.54 ms, expected at most 100ms',
    );
  });
});

describe('load-test check: age', () => {
  it.each([
    ['new', { now: FINISHED + 59 * MINUTE }, '59m', 'pass'],
    ['as old as may be', { now: FINISHED + 60 * MINUTE }, '1h', 'pass'],
    ['too old', { now: FINISHED + 61 * MINUTE }, '1h1m', 'fail'],
    [
      'too old in a file that was copied just now',
      { now: FINISHED + 61 * MINUTE, writtenAt: FINISHED + 61 * MINUTE },
      '1h1m',
      'fail',
    ],
    ['new in a file that is old', { now: FINISHED, writtenAt: FINISHED - 90 * MINUTE }, '1h30m', 'fail'],
    ['of a clock that is a little ahead', { now: FINISHED - 1_000 }, '0s', 'pass'],
    ['of a time to come', { now: FINISHED - 5 * MINUTE }, 'a time that is yet to come', 'unknown'],
  ] as const)('%s: %j', async (_title, given, found, verdict) => {
    const config = { file, 'min-rate': 1, 'error-rate': 1, 'max-age': '1h' };
    const result = await run(config, { summary: autocannonSummary, ...given });
    expect(result.evidence.items[0]).toMatchObject({ asked: 'age', found, expected: 'at most 1h', verdict });
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
  });

  it.each([
    [FINISHED + 25 * 60 * MINUTE, 'fail'],
    [FINISHED + 24 * 60 * MINUTE, 'pass'],
  ] as const)('goes by the file where the tool writes no time, a day at most', async (now, verdict) => {
    const result = await run({ file, 'min-rate': 1 }, { summary: k6Export(false), now });
    expect(result.evidence.items[0]).toMatchObject({ asked: 'age, by the time it was written', verdict });
  });
});

describe('load-test check: what cannot be read', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'Running 10s test'],
    ['another document', '{"status":"ok"}'],
    ['a summary that was cut', JSON.stringify(autocannonSummary).slice(0, -20)],
    ['a summary without a count', { ...autocannonSummary, requests: {} }],
    ['a negative count', { ...autocannonSummary, errors: -1 }],
    ['a count that is a text', { ...autocannonSummary, non2xx: '0' }],
    ['a time that is none', { ...autocannonSummary, finish: 'yesterday' }],
    ['k6 without HTTP', { metrics: { iterations: { count: 10, rate: 1 } } }],
    [
      'a threshold that is no answer',
      { metrics: { ...k6Export(false).metrics, x: { thresholds: { 'p(95)<1': null } } } },
    ],
    ['a list', []],
    ['null', 'null'],
    ['a deep document', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('does not ask of %s', async (_title, summary) => {
    expect(await rejectionOf(run({ file, 'error-rate': 1 }, { summary }))).toBeInstanceOf(TerminalError);
  });

  it('refuses a file that is far too large', async () => {
    const error = await rejectionOf(run({ file, 'error-rate': 1 }, { summary: ' '.repeat(10_000_001) }));
    expect(String(error)).toContain('larger than 10000000 bytes');
  });

  it('never passes on anything but a summary, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (summary) => {
        expect(await rejectionOf(run({ file, 'error-rate': 1 }, { summary }))).toBeInstanceOf(TerminalError);
      }),
      { numRuns: 40 },
    );
  });
});

describe('load-test check: a command', () => {
  const printing = (summary: unknown, after = 'true') =>
    shell(`cat <<'END'\n${JSON.stringify(summary, null, 2)}\nEND\n${after}`);

  it('runs a real load test', async () => {
    await using server = await startTestServer((_request, response) => void response.end('ok'));
    const program = fileURLToPath(import.meta.resolve('autocannon'));
    const argv = [process.execPath, program, '--json', '--connections', '2', '--amount', '200', server.url];
    const config = { run: argv, latency: { p99: '20s' }, 'error-rate': 0, 'min-requests': 200 };
    const { verdict, evidence } = await run(config, { now: Date.now() });
    expect([verdict, evidence.summary]).toEqual([
      'pass',
      'The load test by autocannon (200 requests) holds all 5 conditions',
    ]);
    expect(server.requests).toHaveLength(200);
  });

  it.each([
    ['many lines', printing(k6Handled(false))],
    [
      'lines of another kind before and after',
      ['sh', '-c', `echo running; ${printing(k6Handled(false))[2]}; echo done`],
    ],
    ['one line after others, objects too', shell(`echo '{"level":"info"}'; echo '${JSON.stringify(k6Export(false))}'`)],
  ])('finds the summary in %s', async (_title, argv) => {
    expect((await run({ run: argv, 'error-rate': 0.05 })).verdict).toBe('pass');
  });

  it('never passes where the command fails, but shows what it printed', async () => {
    const { verdict, evidence } = await run({ run: printing(k6Export(true), 'exit 99'), 'error-rate': 1 });
    expect(verdict).toBe('fail');
    expect(evidence.items[0]).toEqual({ asked: 'sh', found: 'exit 99', expected: 'exit 0', verdict: 'fail' });
    expect(evidence.items.map((item) => item.found)).toContain('crossed');
  });

  it.each([
    ['a missing program', { run: ['no-such-program'] }, TerminalError, /not found/],
    ['a time-out', { run: ['sleep', '300'], timeout: '50ms' }, RetryableError, /was ended/],
    ['no summary', { run: shell('echo cannot connect; exit 1') }, TerminalError, /exited with 1.*cannot connect/],
    ['too much output', { run: shell('seq 1 100000') }, TerminalError, /more than 64 kB/],
  ])('throws for %s', async (_title, config, type, message) => {
    const error = await rejectionOf(run({ ...config, 'error-rate': 1 }));
    expect(error).toBeInstanceOf(type);
    expect(String(error)).toMatch(message);
  });
});

describe('load-test check: schema', () => {
  const latency = { p95: '300ms' };
  it.each([
    [{ file, latency }],
    [{ run: ['k6'], latency: { 'p99.9': '1s', p50: '10ms' } }],
    [{ file, 'error-rate': 0 }],
    [{ file, 'min-rate': 0.5, 'max-age': '30d' }],
  ])('accepts %j', (config) => {
    expect(loadTestCheck.schema.safeParse(config).success).toBe(true);
  });

  it.each([
    [{ latency }, /either file or run/],
    [{ file, run: ['k6'], latency }, /either file or run/],
    [{ file }, /at least one of/],
    [{ file, latency: {} }, /at least one of/],
    [{ file, 'min-requests': 10 }, /at least one of/],
    [{ file, latency: { p100: '1s' } }, /percentile|Invalid key/],
    [{ file, latency: { p0: '1s' } }, /percentile|Invalid key/],
    [{ file, latency: { '95': '1s' } }, /percentile|Invalid key/],
    [{ file, latency: { p95: 300 } }, /expected string/],
    [{ file, 'error-rate': 5 }, /<=1/],
    [{ file, latency, 'min-rate': 0 }, />0/],
    [{ file, latency, 'max-age': '0s' }, /at least 1ms/],
    [{ file, latency, rps: 5 }, /rps/],
  ])('refuses %j', (config, message) => {
    expect(loadTestCheck.schema.safeParse(config).error?.message).toMatch(message);
  });
});
