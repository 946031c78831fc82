import { TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  refusedUrl,
  rejectionOf,
  startTestServer,
  type TestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { urlCheck } from './index.ts';
import { shownUrl } from './shown-url.ts';

const startWiki = async (): Promise<TestServer> =>
  await startTestServer(({ path }, response) => {
    if (path.startsWith('/silent')) return;
    if (path.startsWith('/moved')) response.writeHead(302, { location: '/page?session=s3cr3t' }).end();
    else if (path.startsWith('/gone')) response.writeHead(404).end('Approved');
    else response.end(path.startsWith('/long') ? `${'x'.repeat(1_100_000)}Approved` : 'Status: Approved');
  });

const ask = async (config: object, at = 0) => {
  const context = createTestContext({ now: () => at });
  return await urlCheck.run(urlCheck.schema.parse(config), contextFor(urlCheck.needs, context));
};

describeCheckConformance(urlCheck, async () => {
  const wiki = await startWiki();
  return {
    context: {},
    passing: { url: `${wiki.url}/page`, private: true },
    failing: { url: `${wiki.url}/gone`, private: true },
    cannotAsk: { url: await refusedUrl(), private: true },
    endless: {
      config: { url: `${wiki.url}/silent`, private: true, timeout: '1h' },
      begun: async () => void (await vi.waitUntil(() => wiki.requests.length === 1, { timeout: 5000 })),
    },
    [Symbol.asyncDispose]: wiki.close,
  };
});

describe('what a proof must answer', () => {
  it.each([
    ['/page', {}, 'pass', 'answered 200'],
    ['/page', { contains: 'Approved' }, 'pass', 'answered 200'],
    ['/page', { contains: 'approved' }, 'fail', 'text is not in it, expected "approved"'],
    ['/long', { contains: 'Approved' }, 'fail', 'text is not in its first megabyte'],
    ['/gone', { contains: 'Approved' }, 'fail', 'status is 404, expected 200'],
    ['/gone', { status: 404 }, 'pass', 'answered 404'],
    ['/moved', {}, 'pass', 'answered 200'],
    ['/moved', { status: 302 }, 'pass', 'answered 302'],
  ])('%s with %o: %s', async (path, wanted, verdict, said) => {
    await using wiki = await startWiki();
    const result = await ask({ url: `${wiki.url}${path}`, private: true, ...wanted });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.summary).toContain(said);
  });

  it('leaves when it was asked and where the answer came from, and no value of a query', async () => {
    await using wiki = await startWiki();
    const { evidence } = await ask({ url: `${wiki.url}/moved?key=hunter2`, private: true }, Date.UTC(2026, 10, 24, 9));
    expect(evidence.items.at(-1)).toEqual({
      asked: 'answer at 2026-11-24T09:00:00.000Z',
      found: `${wiki.url}/page?session=…`,
      expected: `${wiki.url}/moved?key=…`,
      verdict: 'pass',
    });
    expect(JSON.stringify(evidence)).not.toMatch(/hunter2|s3cr3t/);
  });

  it('asks no private address that the plan does not allow', async () => {
    await using wiki = await startWiki();
    const error = await rejectionOf(ask({ url: `${wiki.url}/page?key=hunter2` }));
    expect(error).toHaveProperty('message', `${wiki.url} has a private address, which is refused here`);
    expect(error).toBeInstanceOf(TerminalError);
    expect(wiki.requests).toEqual([]);
  });
});

it.each([
  ['https://a.example/b', 'https://a.example/b'],
  ['https://a.example/b?x=1&y=2&x=3#top', 'https://a.example/b?x=…&y=…'],
  ['https://a.example?%26=1', 'https://a.example/?%26=…'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});
