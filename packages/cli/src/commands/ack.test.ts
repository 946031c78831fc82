import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { VIEW } from '../testing/sample-launch.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

let sent: unknown[];
let api: Listening;
beforeEach(async () => {
  sent = [];
  api = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (request.method === 'POST') sent.push([request.url, JSON.parse(body)]);
      answer(response, 200, { ...VIEW, state: 'held' });
    });
  });
});
afterEach(() => api.close());

const slipway = (...argv: readonly string[]): Promise<Ran> =>
  runCommand(argv, { env: { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' } });
const URL_OF = '/api/v1/launches/shop-1/commands';

describe('slipway ack', () => {
  it.each([
    [['shop-1'], { page: null }],
    [['shop-1', '3'], { page: 3 }],
    [['3', '--launch', 'shop-1'], { page: 3 }],
    [['--launch', 'shop-1'], { page: null }],
    [['shop-1', '--by', 'ann@shop.example'], { page: null, by: 'ann@shop.example' }],
  ])('%j', async (words, command) => {
    expect((await slipway('ack', ...words)).code).toBe(0);
    expect(sent).toEqual([[URL_OF, { type: 'acknowledge', ...command }]]);
  });

  it.each(['0', '-1', 'x', '1.5', '100000'])('takes %s for no page', async (page) => {
    const { code, errors } = await slipway('ack', 'shop-1', '--', page);
    expect([code, sent]).toEqual([2, []]);
    expect(errors).toContain(page);
  });
});

describe('slipway status', () => {
  it('says who answered, after how long, and whether that was in time', async () => {
    const answers = [{ step: 'ramp', level: 'p1', at: 1, by: 'ann', took: 420_000, goal: 300_000 }] as const;
    await api.close();
    api = await listen((_request, response) => answer(response, 200, { ...VIEW, answers }));
    const { out } = await slipway('status', '--launch', 'shop-1');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('P1: ann answered after 7:00 (wanted within 5:00: missed)');
  });
});
