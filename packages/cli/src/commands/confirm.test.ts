import type { RequestListener } from 'node:http';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { VIEW } from '../testing/sample-launch.ts';
import { runCommand } from '../testing/test-context.ts';

const CONFIRMING = {
  ...VIEW,
  waitingFor: [{ step: 'reset', who: 'anyone', what: 'confirm: Reset', how: 'slipway confirm reset', basis: null }],
};
const event = (steps: unknown) => ({
  seq: 1,
  at: 0,
  actor: { kind: 'slipway' },
  event: { type: 'launch-started', plan: { steps } },
  previous: '0',
  hash: '1',
});

let steps: unknown;
let sent: unknown[];
let api: Listening;
beforeEach(async () => {
  steps = { reset: { confirm: 'reset production' }, tree: {} };
  sent = [];
  const handle: RequestListener = (request, response) => {
    if (request.url?.includes('/record') === true)
      return answer(response, 200, { format: 'slipway-record-1', launch: 'shop-1', events: [event(steps)] });
    if (request.method === 'GET') return answer(response, 200, CONFIRMING);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      sent.push(JSON.parse(body));
      answer(response, 200, VIEW);
    });
  };
  api = await listen(handle);
});
afterEach(() => api.close());

/** Confirms the step at a terminal on which these keys are pressed. */
async function confirm(keys: string): Promise<{ readonly code: number; readonly shown: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const errors = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  input.end(keys);
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  const { code } = await runCommand(['confirm', 'reset', '--launch', 'shop-1'], { env, input, errors });
  return { code, shown: stripVTControlCharacters(String(errors.read() ?? '')) };
}

describe('confirm', () => {
  test('shows the phrase before it asks, and sends what was typed', async () => {
    const { code, shown } = await confirm('reset production\r');
    expect(code).toBe(0);
    expect(shown).toMatch(/confirm: Reset\nThe phrase: reset production\nType the phrase/);
    expect(sent).toEqual([{ type: 'confirm', step: 'reset', phrase: 'reset production' }]);
  });

  test('asks also where the record does not hold the phrase', async () => {
    steps = 'of a later version';
    expect(await confirm('reset production\r')).toMatchObject({ code: 0 });
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C after a word', 'reset production\u0003'],
    ['the end of the terminal', ''],
  ])('sends nothing after %s', async (_, keys) => {
    const { code, shown } = await confirm(keys);
    expect(code).toBe(130);
    expect(shown).toContain('Nothing was confirmed.');
    expect(sent).toEqual([]);
  });
});
