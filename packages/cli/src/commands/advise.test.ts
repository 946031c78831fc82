import { PassThrough } from 'node:stream';
import type { Advice } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

const ADVICE: Advice = {
  strategy: 'canary',
  title: 'Canary: by rising shares',
  rules: [{ rule: 'critical-risk', because: 'a failure hurts' }],
  notes: ['Office hours.'],
  fragment: `launch: shop\ntitle: "${'long '.repeat(60)}"\n`,
};

let sent: unknown[];
let api: Listening;
beforeEach(async () => {
  sent = [];
  api = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      sent.push(JSON.parse(body));
      answer(response, 200, ADVICE);
    });
  });
});
afterEach(() => api.close());

/** `typed`: what somebody types on a terminal; left out, there is none. */
function slipway(argv: readonly string[], typed?: readonly string[]): Promise<Ran> {
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  if (typed === undefined) return runCommand(['advise', ...argv], { env });
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(typed.map((line) => `${line}\n`).join(''));
  return runCommand(['advise', ...argv], { env, input });
}

const ALL =
  '--change feature --users 20000 --traffic 3000/min --reversible yes --instances 4 --router yes --flags no --risk high --audience b2b'.split(
    ' ',
  );
const REQUEST = {
  change: 'feature',
  users: 20_000,
  traffic: 50,
  reversible: true,
  instances: 4,
  router: true,
  flags: false,
  risk: 'high',
  audience: 'b2b',
  compliance: false,
  loadUnproven: false,
  fixedDate: false,
};

describe('advise', () => {
  test('by options', async () => {
    const { code, out } = await slipway(ALL);
    expect([code, sent]).toEqual([0, [REQUEST]]);
    expect(out).toContain('  · a failure hurts [critical-risk]\n');
    // The plan is as it was written, however long its lines are.
    expect(out.endsWith(ADVICE.fragment)).toBe(true);
  });

  test('by questions; what is usual may be left empty', async () => {
    const typed = ['feature', 'high', '20000', '50/s', 'b2b', 'yes', '4', 'yes', 'no', '', '', ''];
    expect([(await slipway([], typed)).code, sent]).toEqual([0, [REQUEST]]);
  });

  test('asks only what the options do not say, and again where an answer cannot be used', async () => {
    const { code, errors } = await slipway([...ALL.slice(2), '--compliance', 'no'], ['tower', 'Feature', 'no', 'no']);
    expect([code, sent]).toEqual([0, [REQUEST]]);
    expect(errors).toContain('expected: feature, migration, config');
  });

  test('who leaves has asked nothing', async () => {
    expect([(await slipway([], ['feature'])).code, sent]).toEqual([130, []]);
  });

  test('as JSON', async () => {
    expect(JSON.parse((await slipway([...ALL, '--json'])).out)).toEqual(ADVICE);
  });

  test.each<readonly [string, readonly string[], readonly string[] | undefined, string]>([
    ['without a terminal', ALL.slice(2), undefined, '--change must be given'],
    ['a wrong choice', ['--change', 'tower'], undefined, 'feature, migration, config'],
    ['a wrong frequency', [...ALL, '--traffic', '50'], undefined, '50/s or 3000/min'],
    ['no instances', [...ALL, '--instances', '0'], undefined, 'a whole number'],
    ['a person who cannot answer', [], ['a', 'b', 'c', 'd'], 'no answer that can be used'],
  ])('%s: refused', async (_, argv, typed, words) => {
    const { code, errors } = await slipway(argv, typed);
    expect([code, sent]).toEqual([2, []]);
    expect(errors).toContain(words);
  });
});
