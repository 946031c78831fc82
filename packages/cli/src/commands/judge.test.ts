import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../testing/test-context.ts';

const always = (value: number) => Array.from({ length: 60 }, () => value);

/** Every request to the new version fails from its first one on: proven at once. */
const OUTAGE = {
  id: 'outage',
  name: 'nothing works',
  config: { metrics: { errors: { type: 'rate', rho: 1, delta: 0 } } },
  ticks: 60,
  streams: { errors: { nc: always(5), ec: always(5), nt: always(95), et: always(0) } },
  expect: { decision: 'abort', second: 1, culprit: 'errors', window: [1, 2] },
};
const HEALTHY = {
  ...OUTAGE,
  id: 'healthy',
  streams: { errors: { nc: always(5), ec: always(0), nt: always(95), et: always(0) } },
  expect: { decision: 'continue', second: null, logE: [[1, 0, 0]] },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-judge-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const env = { LANG: 'C.UTF-8' };
const replay = async (content: string, ...flags: readonly string[]) => {
  writeFileSync(join(folder, 'cases.json'), content);
  return await runCommand(['judge', 'replay', '--cases', 'cases.json', ...flags], { cwd: folder, env });
};
const fileOf = (...cases: readonly unknown[]) => JSON.stringify({ format: 1, cases });

describe('judge replay', () => {
  test('tells of each case what was decided, when and because of what, and ends well where all is as expected', async () => {
    const { code, out: output } = await replay(fileOf(OUTAGE, HEALTHY));
    expect(code).toBe(0);
    expect(output.trimEnd().split('\n')).toEqual([
      '✔ outage nothing works · abort at second 1 · errors',
      '✔ healthy nothing works · continue',
      '2 of 2 as expected; ln E the same to the sixth digit in 1 of 1',
    ]);
  });

  test('fails where the judge decides otherwise, or later than the case allows', async () => {
    const late = { ...OUTAGE, id: 'late', expect: { ...OUTAGE.expect, second: 9, window: [8, 10] } };
    const { code, out: output } = await replay(fileOf(late, { ...OUTAGE, expect: HEALTHY.expect }), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      cases: [
        { id: 'late', decision: 'abort', second: 1, culprit: 'errors', meets: false },
        { id: 'outage', meets: false },
      ],
      summary: { cases: 2, meet: 0, ok: false },
    });
  });

  test('speaks French', async () => {
    const { out: output } = await replay(fileOf(OUTAGE), '--lang', 'fr');
    expect(output).toContain('abandon à la seconde 1');
    expect(output).toContain('1 sur 1 comme attendu');
  });

  test.each([
    ['no JSON', 'cases:'],
    ['another format', JSON.stringify({ format: 2, cases: [] })],
    ['negative counts', fileOf({ ...OUTAGE, streams: { errors: { nc: [-1] } } })],
    ['a metric of no known type', fileOf({ ...OUTAGE, config: { metrics: { errors: { type: 'mean' } } } })],
  ])('refuses %s', async (_, content) => {
    const { code, errors } = await replay(content);
    expect(code).toBe(2);
    expect(errors).toContain('cases.json is no file of reference cases (format 1)');
  });

  test('says so where there is no file', async () => {
    const { code, errors } = await runCommand(['judge', 'replay', '--cases', 'gone.json'], { cwd: folder, env });
    expect(code).toBe(2);
    expect(errors).toContain('gone.json');
  });
});
